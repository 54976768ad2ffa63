package dev.windlass.activities.deploy;

/** Looks at what Docker Swarm made of an update: Dokploy says "done" before it begins. */
interface Convergence {
    sealed interface Look {
        record Seen(SwarmState state) implements Look {}

        record Unseen(String reason) implements Look {}
    }

    /** @param service Dokploy's appName */
    Look look(String service);
}
