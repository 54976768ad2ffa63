package dev.windlass.testbed.dokploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The queue of deploys: in memory, so that a restart forgets what waits, and one job at a time. A job stays listed until
 * it has ended. Dokploy 0.30.2, apps/dokploy/server/queues/in-memory-queue.ts and services/application.ts
 * (deployApplication).
 */
final class Queue implements AutoCloseable {
    private record Job(String id, String title, String description, long timestamp) {}

    private final Application application;
    private final Deployments deployments;
    private final Swarm swarm;
    private final Optional<DockerSwarm> docker;
    private final Duration building;
    private final Clock clock;
    private final List<Job> waiting = new ArrayList<>();
    private Optional<Job> active = Optional.empty();
    private boolean paused;
    private boolean failing;
    private boolean closed;
    /** Counts restarts: a job of the process before has no effect any more. */
    private int life;

    private int made;

    /** @param docker takes the place of the made-up Swarm */
    Queue(
            Application application,
            Deployments deployments,
            Swarm swarm,
            Optional<DockerSwarm> docker,
            Duration building,
            Clock clock) {
        this.application = application;
        this.deployments = deployments;
        this.swarm = swarm;
        this.docker = docker;
        this.building = building;
        this.clock = clock;
    }

    void begin() {
        Thread.ofPlatform().daemon().name("dokploy-queue").start(this::work);
    }

    synchronized void add(String title, String description) {
        made++;
        waiting.add(new Job("job-" + made, title, description, clock.millis()));
        notifyAll();
    }

    synchronized ArrayNode list() {
        ArrayNode list = DokployCall.JSON.createArrayNode();
        waiting.reversed().forEach(job -> list.add(row(job, "waiting")));
        active.ifPresent(job -> list.add(row(job, "active")));
        return list;
    }

    private ObjectNode row(Job job, String state) {
        ObjectNode row = DokployCall.JSON
                .createObjectNode()
                .put("id", job.id())
                .put("name", "deployments")
                .put("timestamp", job.timestamp())
                .put("state", state);
        row.putObject("data")
                .put("applicationId", application.text("applicationId"))
                .put("titleLog", job.title())
                .put("descriptionLog", job.description())
                .put("type", "deploy")
                .put("applicationType", "application");
        return row;
    }

    synchronized byte[] pause(boolean now) {
        paused = now;
        notifyAll();
        return Told.OK;
    }

    synchronized byte[] failNext() {
        failing = true;
        return Told.OK;
    }

    /** The server's process ends and another one starts. */
    synchronized byte[] restart() throws IOException {
        life++;
        waiting.clear();
        active = Optional.empty();
        deployments.cancelRunning();
        notifyAll();
        return Told.OK;
    }

    private void work() {
        try {
            while (true) {
                int mine;
                Job job;
                synchronized (this) {
                    while (!closed && (paused || waiting.isEmpty())) {
                        wait();
                    }
                    if (closed) {
                        return;
                    }
                    mine = life;
                    job = waiting.removeFirst();
                    active = Optional.of(job);
                }
                deploy(job, mine);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deploy(Job job, int mine) throws IOException, InterruptedException {
        String id;
        synchronized (this) {
            if (mine != life) {
                return;
            }
            id = deployments.begin(application.text("applicationId"), job.title(), job.description());
            application.put("applicationStatus", "running");
        }
        TimeUnit.MILLISECONDS.sleep(building.toMillis());
        synchronized (this) {
            if (mine != life) {
                return;
            }
            Optional<String> error = failing ? Optional.of("Error: build failed") : update();
            failing = false;
            // In the finally block, for sources other than docker: the commit takes the place of the caller's words.
            if (!application.isFromDocker()) {
                deployments.rename(id, "Fix the basket", "Hash: 3f2a9c1d");
            }
            // Nobody has looked at the Swarm: "done" means that it has taken the update.
            deployments.end(id, error.isPresent() ? "error" : "done", error);
            application.put("applicationStatus", error.isPresent() ? "error" : "done");
            active = Optional.empty();
        }
    }

    /** A docker image goes to the service as it was given; what is built from git is always called latest. */
    private Optional<String> update() throws IOException, InterruptedException {
        String image =
                application.isFromDocker() ? application.text("dockerImage") : application.text("appName") + ":latest";
        return docker.isPresent() ? docker.get().update(application.text("appName"), image) : swarm.update(image);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
