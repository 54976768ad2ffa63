package dev.windlass.starter.deploy;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * @param word {@code deploy} or {@code rollback}: what the run is called
     * @param request with the requester that it is given
     */
    int start(String word, Function<Requester, DeployRequest> request, WaitOption wait, JsonOption json) {
        DeployRequest unsigned = request.apply(new Requester(door.person(), Optional.empty()));
        return session.startSigned(
                DeployRunbooks.DEPLOY,
                word,
                id -> request.apply(signing.sign(door, session, "deploy", id, unsigned.asked())),
                word + " " + unsigned.app() + " " + unsigned.environment() + " " + unsigned.version(),
                wait,
                json);
    }
}
