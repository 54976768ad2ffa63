package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What is true of a shop after a deploy, seen without asking the product. */
final class DeployWitness {
    private final DeployRig rig;
    private final Shop shop;
    private final int portBefore;
    private final String versionBefore;
    private final long startsBefore;

    /** Remembers how it is before. */
    DeployWitness(DeployRig rig, Shop shop) throws IOException, InterruptedException {
        this.rig = rig;
        this.shop = shop;
        this.portBefore = shop.servingPort();
        this.versionBefore = served();
        this.startsBefore = rig.host.starts(newService());
    }

    private String served() throws IOException, InterruptedException {
        String body = DeployRig.get(shop.url("/api/version")).body();
        return body.replaceAll("[{}\" ]", "").replace("version:", "");
    }

    void seesEntirelyNew(String version) throws IOException, InterruptedException {
        seesServing(version, shop.other(portBefore));
        seesGone(shop.service(portBefore));
        seesOneStart();
        shop.remember(versionBefore);
    }

    void seesEntirelyOld() throws IOException, InterruptedException {
        seesServing(versionBefore, portBefore);
        seesGone(newService());
        seesOneStart();
    }

    void seesNeverStarted() throws IOException, InterruptedException {
        seesServing(versionBefore, portBefore);
        seesGone(newService());
        assertThat(rig.host.starts(newService())).isEqualTo(startsBefore);
    }

    /** The old version could not be stopped, and nobody insisted: it runs and serves nobody. */
    void seesNewBesideTheOld(String version) throws IOException, InterruptedException {
        seesServing(version, shop.other(portBefore));
        seesOneStart();
    }

    private void seesServing(String version, int port) throws IOException, InterruptedException {
        assertThat(served()).as(shop.name + " serves").isEqualTo(version);
        assertThat(shop.servingPort()).isEqualTo(port);
        assertThat(DeployRig.get(shop.url("/api/health")).statusCode())
                .as("health of " + shop.name)
                .isEqualTo(200);
        assertThat(rig.host.supervisor("pid", shop.service(port))).matches("[1-9]\\d*");
    }

    private void seesGone(String service) throws IOException {
        assertThat(rig.host.supervisor("status", service)).contains("no such process");
    }

    /** A retry finds what an earlier attempt has started: the same process, started once. */
    private void seesOneStart() throws IOException {
        assertThat(rig.host.starts(newService()) - startsBefore)
                .as("starts of " + newService())
                .isEqualTo(1);
    }

    private String newService() {
        return shop.service(shop.other(portBefore));
    }

    void seesNothingLeftOf(String workflowId) {
        Eventually.holds(
                Duration.ofSeconds(20),
                "no process of " + workflowId + " is left",
                () -> Processes.ofRun(workflowId).isEmpty());
    }

    /** Questions about a parked step are no notification of its end. */
    void seesOneMessageOf(String runId) {
        List<String> messages = rig.slack
                .get("/messages")
                .lines()
                .filter(line -> line.contains(runId) && !line.contains("park-"))
                .toList();
        assertThat(messages).as("messages of " + runId).hasSize(1);
    }
}
