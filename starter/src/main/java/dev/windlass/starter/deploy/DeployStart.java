package dev.windlass.starter.deploy;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import java.util.Optional;

/** Signs a request and starts its run. */
final class DeployStart {
    private final Door door;
    private final Session session;
    private final SigningOptions signing;

    DeployStart(Door door, Session session, SigningOptions signing) {
        this.door = door;
        this.session = session;
        this.signing = signing;
    }

    /** @param word {@code deploy} or {@code rollback}: what the run is called */
    int start(String word, DeployTarget target, Version version, WaitOption wait, JsonOption json) {
        return session.startSigned(
                DeployRunbooks.DEPLOY,
                word,
                id -> signed(id, target, version),
                word + " " + target.app + " " + target.environment + " " + version,
                wait,
                json);
    }

    private DeployRequest signed(String id, DeployTarget target, Version version) {
        DeployRequest unsigned = new DeployRequest(
                target.app, target.environment, version, new Requester(door.person(), Optional.empty()));
        return new DeployRequest(
                target.app, target.environment, version, signing.sign(door, session, "deploy", id, unsigned.asked()));
    }
}
