package dev.windlass.worker.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One deploy that is brought to its moment, and let go again. */
final class HeldDeploy {
    final DeployMoment moment;
    final Shop shop;
    final String version;
    final String workflowId;
    private final boolean isRollback;
    private final EffectLines effects;
    private final List<Long> held = new ArrayList<>();
    private @Nullable Socket connection;

    /** @param isRollback to the version before, which is on the disk and nowhere else */
    HeldDeploy(DeployRig rig, DeployMoment moment, String newVersion, boolean isRollback) {
        this.moment = moment;
        this.shop = rig.host.shop(moment.app());
        this.isRollback = isRollback;
        this.version = isRollback ? shop.versionBefore() : newVersion;
        this.workflowId = "fault-deploy-" + newVersion + (isRollback ? "-back-" : "-") + moment.app();
        this.effects = new EffectLines(rig.journal(), workflowId);
    }

    /** Before the run is started. */
    void arm() throws IOException {
        Files.deleteIfExists(shop.sign(version, "ill"));
        if (isRollback) {
            shop.forgetArtefacts();
        } else {
            shop.build(version, moment == DeployMoment.PREPARE ? 40_000_000 : 0);
        }
        switch (moment) {
            case HEALTH, UNDO_START -> Files.createFile(shop.sign(version, "ill"));
            case SWITCH -> pipe(shop.nextUpstreamFile());
            case DRAIN -> {
                Socket open = new Socket(InetAddress.getLoopbackAddress(), shop.servingPort());
                open.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                connection = open;
            }
            case PREPARE, START, STARTED, SWITCHED, WATCH, RETIRE, UNDO_SWITCH -> {}
        }
    }

    void await() throws IOException {
        switch (moment) {
            case PREPARE -> stop("tar");
            case START -> stopControl("start", "\"update\"");
            case STARTED -> stopControl("start", "\"supervisorctl\",[^\\]]*\"start\"");
            case HEALTH -> effects.await("health", "");
            case SWITCH -> {
                // The step before writes files with tee as well.
                effects.await("switch", "\"tee\"");
                held.addAll(Processes.awaitProgram("tee", workflowId));
            }
            case SWITCHED -> {
                effects.await("switch", "");
                Files.createFile(shop.sign(version, "mute"));
                effects.await("switch", "/api/version");
            }
            case DRAIN -> effects.await("drain", "");
            case WATCH -> effects.await("watch", "");
            case RETIRE -> stopControl("retire", "\"update\"");
            case UNDO_START -> {
                effects.await("start", "\"supervisorctl\",[^\\]]*\"start\"");
                stopControl("start", "\"update\"");
            }
            case UNDO_SWITCH -> {
                effects.await("watch", "");
                pipe(shop.nextUpstreamFile());
                Files.createFile(shop.sign(version, "ill"));
                held.addAll(Processes.awaitProgram("tee", workflowId));
            }
        }
    }

    void killCommand() {
        if (moment == DeployMoment.DRAIN) {
            Processes.kill(Processes.awaitProgram("ss", workflowId));
        }
        Processes.kill(held);
    }

    /** @param killed what a killed worker left stopped must be ended by the next one, so it is not set free */
    void release(DeployVictim killed) throws IOException {
        switch (moment) {
            case SWITCH, UNDO_SWITCH -> {
                // The pipe has no reader: whoever writes into it hangs until it is killed.
                Files.delete(shop.nextUpstreamFile());
                if (killed == DeployVictim.TEMPORAL) {
                    Processes.kill(held);
                }
            }
            case HEALTH -> Files.delete(shop.sign(version, "ill"));
            case SWITCHED -> Files.delete(shop.sign(version, "mute"));
            case DRAIN -> {
                if (connection != null) {
                    connection.close();
                }
            }
            case PREPARE, START, STARTED, WATCH, RETIRE, UNDO_START -> {
                if (killed == DeployVictim.TEMPORAL) {
                    Processes.signal("CONT", held);
                }
            }
        }
    }

    private void stopControl(String step, String effect) throws IOException {
        effects.await(step, effect);
        stop("supervisorctl");
    }

    private void stop(String program) throws IOException {
        held.addAll(Processes.awaitProgram(program, workflowId));
        Processes.signal("STOP", held);
    }

    private static void pipe(Path file) throws IOException {
        Host.run(List.of("mkfifo", file.toString()));
    }
}
