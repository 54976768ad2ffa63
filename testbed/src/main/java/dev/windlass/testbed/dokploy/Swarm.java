package dev.windlass.testbed.dokploy;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Docker Swarm behind Dokploy, as far as {@code docker service inspect} shows it: it goes on after Dokploy has said
 * "done", and with FailureAction rollback (packages/server/src/utils/docker/utils.ts) it may take the update back.
 * States: https://docs.docker.com/reference/api/engine/ , ServiceUpdateStatus.
 */
final class Swarm {
    enum Next {
        COMPLETES,
        ROLLS_BACK,
        STAYS_UPDATING
    }

    private final String service;
    private String image;
    private String running;
    private Optional<String> state = Optional.empty();
    private Next next = Next.COMPLETES;
    private boolean refusing;

    Swarm(String service, String image) {
        this.service = service;
        this.image = image;
        this.running = image;
    }

    synchronized byte[] next(Next wanted) {
        next = wanted;
        return Told.OK;
    }

    /** The next update fails, as with "update out of sequence". */
    synchronized byte[] refuse() {
        refusing = true;
        return Told.OK;
    }

    /**
     * Takes an update and begins to carry it out. When it is refused, for whatever reason, Dokploy creates the service
     * instead, and what is reported is that it exists (packages/server/src/utils/builders/index.ts,
     * mechanizeDockerContainer).
     *
     * @return what Dokploy reports, when that fails
     */
    synchronized Optional<String> update(String wanted) {
        if (refusing) {
            refusing = false;
            return Optional.of(
                    "(HTTP code 409) unexpected - rpc error: code = AlreadyExists desc = name conflicts with an"
                            + " existing object: service " + service + " already exists");
        }
        switch (next) {
            case COMPLETES -> {
                image = wanted;
                running = wanted;
                state = Optional.of("completed");
            }
            case ROLLS_BACK -> state = Optional.of("rollback_completed");
            case STAYS_UPDATING -> {
                image = wanted;
                state = Optional.of("updating");
            }
        }
        return Optional.empty();
    }

    /** As {@code docker service inspect} prints image and UpdateStatus when it is asked for no more than that. */
    synchronized byte[] inspect() {
        ObjectNode line = DokployCall.JSON.createObjectNode().put("image", image);
        line.putNull("update");
        state.ifPresent(now -> line.putObject("update").put("State", now).put("Message", now.replace('_', ' ')));
        return (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** As {@code docker service ps --no-trunc --format '{{json .}}'} prints it: one line for a task. */
    synchronized byte[] tasks() {
        ObjectNode task = DokployCall.JSON
                .createObjectNode()
                .put("CurrentState", "Running 5 seconds ago")
                .put("DesiredState", "Running")
                .put("Error", "")
                .put("ID", "k0lq1b2c3d4e5f6g7h8i9j0kl")
                .put("Image", running)
                .put("Name", service + ".1")
                .put("Node", "vps")
                .put("Ports", "");
        return (task + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
