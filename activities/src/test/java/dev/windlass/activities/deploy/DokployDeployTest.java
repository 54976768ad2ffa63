package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.deploy.DokployOutcome.Done;
import dev.windlass.activities.deploy.DokployOutcome.Failed;
import dev.windlass.activities.deploy.DokployOutcome.Undecided;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the double, which keeps silent about what Dokploy keeps silent about. */
class DokployDeployTest {
    private static final String APP = "\"applicationId\":\"app-testbed\"";

    @TempDir
    Path directory;

    private @Nullable DokployBench bench;

    @AfterEach
    void stop() throws IOException {
        if (bench != null) {
            bench.close();
        }
    }

    private DokployBench start(String... options) throws IOException, InterruptedException {
        DokployBench started = DokployBench.start(directory, options);
        bench = started;
        return started;
    }

    @Test
    void deploysByDigestAndFindsTheDeploymentByItsTitleThoughNothingIsAnswered() throws Exception {
        DokployBench dokploy = start();
        assertThat(dokploy.deploy()).isEqualTo(new Done("deployment deployment000001 is done"));
        assertThat(dokploy.control("/swarm")).contains(DokployBench.NEW.reference());
        assertThat(dokploy.timesCalled("application.deploy")).isEqualTo(1);
    }

    @Test
    void aRetryFindsTheDeploymentAndDoesNotDeployTwice() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/queue/pause");
        assertThat(waitForTheFirstPause(dokploy)).isEqualTo("killed");
        dokploy.control("/queue/resume");
        assertThat(dokploy.deploy()).isInstanceOf(Done.class);
        assertThat(dokploy.deploy()).isEqualTo(new Done("deployment deployment000001 is done"));
        assertThat(dokploy.timesCalled("application.deploy")).isEqualTo(1);
    }

    @Test
    void doesNotDeployTwiceWhenTheAnswerIsLost() throws Exception {
        DokployBench dokploy = start();
        dokploy.order("POST .*application.deploy", 1, "drop-answer");
        assertThat(dokploy.deploy()).isInstanceOf(Done.class);
        assertThat(dokploy.timesCalled("application.deploy")).isEqualTo(1);
    }

    @Test
    void takesNoOtherDeploymentForItsOwn() throws Exception {
        DokployBench dokploy = start("--build-millis", "0");
        dokploy.somebodyElse("application.deploy", "{" + APP + ",\"title\":\"Manual deployment\"}");
        assertThat(dokploy.deploy()).isEqualTo(new Done("deployment deployment000002 is done"));
    }

    @Test
    void asksAgainWhenARestartForgotTheQueue() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/queue/pause");
        boolean[] restarted = {false};
        DokployOutcome outcome = dokploy.deploy(DokployBench.NEW, DokployBench.TITLE, (time, phase, detail) -> {
            if (detail.contains("queue") && !restarted[0]) {
                restarted[0] = true;
                dokploy.control("/restart");
                dokploy.control("/queue/resume");
            }
            DokployBench.pause(time, phase, detail);
        });
        assertThat(outcome).isInstanceOf(Done.class);
        assertThat(dokploy.timesCalled("application.deploy")).isEqualTo(2);
    }

    @Test
    void leavesAnotherPersonsImageAloneWhenItsOwnDeployWasLost() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/queue/pause");
        boolean[] restarted = {false};
        DokployOutcome outcome = dokploy.deploy(DokployBench.NEW, DokployBench.TITLE, (time, phase, detail) -> {
            if (detail.contains("queue") && !restarted[0]) {
                restarted[0] = true;
                dokploy.control("/restart");
                dokploy.somebodyElse("application.update", "{" + APP + ",\"dockerImage\":\"acme/shop:other\"}");
            }
            DokployBench.pause(time, phase, detail);
        });
        assertThat(outcome)
                .isEqualTo(new Failed(
                        "application shop was set to acme/shop:other while " + DokployBench.NEW + " was waited for",
                        "somebody else deploys there: agree with them, then deploy again"));
    }

    @Test
    void doneIsNotBelievedWhenSwarmRollsBackAfterwards() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/swarm/rolls-back");
        assertThat(dokploy.deploy()).isInstanceOf(Done.class);
        assertThat(dokploy.verify(DokployBench.NEW, Duration.ofSeconds(20)))
                .isEqualTo(new Failed(
                        "service shop-api-x1y2z3: Swarm took the update back (rollback completed), the service is set to"
                                + " ghcr.io/acme/shop:old",
                        "read why its tasks ended with docker service ps --no-trunc shop-api-x1y2z3"));
    }

    @Test
    void isVerifiedByTheDigestThatRuns() throws Exception {
        DokployBench dokploy = start();
        dokploy.deploy();
        assertThat(dokploy.verify(DokployBench.NEW, Duration.ofSeconds(20)))
                .isEqualTo(new Done("1 of 1 tasks run " + DokployBench.NEW));
    }

    @Test
    void anUpdateWithoutEndIsUndecided() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/swarm/stays");
        dokploy.deploy();
        assertThat(dokploy.verify(DokployBench.NEW, Duration.ofMillis(100)))
                .isEqualTo(new Undecided("service shop-api-x1y2z3 does not run " + DokployBench.NEW
                        + " after 0 s: Swarm: updating (updating)"));
    }

    @Test
    void neverCallsTheWebhookThatSaysDeployedWhenItQueues() throws Exception {
        DokployBench dokploy = start();
        dokploy.deploy();
        assertThat(dokploy.called).allSatisfy(call -> assertThat(call.url()).doesNotContain("/api/deploy/"));
    }

    @Test
    void refusesAnApplicationThatDokployBuildsAsLatest() throws Exception {
        DokployBench dokploy = start("--source", "git");
        assertThat(dokploy.deploy())
                .isEqualTo(new Failed(
                        "application shop is built by Dokploy itself (source git), always as latest",
                        "let the CI build and push the image, and set the application's provider to Docker"));
        assertThat(dokploy.timesCalled("application.deploy")).isZero();
    }

    @Test
    void rollsBackByDeployingTheOlderDigestNotByDokploysRollback() throws Exception {
        DokployBench dokploy = start();
        PinnedImage older = new PinnedImage("ghcr.io/acme/shop", "sha256:" + "a".repeat(64));
        dokploy.deploy();
        assertThat(dokploy.deploy(older, DokployBench.TITLE + "/undo", DokployBench::pause))
                .isInstanceOf(Done.class);
        assertThat(dokploy.verify(older, Duration.ofSeconds(20))).isInstanceOf(Done.class);
        assertThat(dokploy.timesCalled("rollback.")).isZero();
    }

    @Test
    void refusesAnApplicationWithoutAHealthCheckOfSwarm() throws Exception {
        DokployBench dokploy = start();
        dokploy.somebodyElse("application.update", "{" + APP + ",\"healthCheckSwarm\":null}");
        assertThat(dokploy.deploy())
                .isEqualTo(new Failed(
                        "application shop has no health check of Swarm, so the old container would be stopped before the"
                                + " new one serves",
                        "set one under Advanced, Swarm Settings, Health Check; the image needs the program it calls"));
        assertThat(dokploy.timesCalled("application.deploy")).isZero();
    }

    @Test
    void saysThatDokployHidesWhyAnUpdateFailed() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/swarm/refuses");
        assertThat(dokploy.deploy()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.fact())
                    .startsWith("deployment deployment000001 of Dokploy ended as error: (HTTP code 409)");
            assertThat(failed.hint()).startsWith("Dokploy hides why the update failed");
        });
    }

    @Test
    void aFailedBuildIsFailed() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/builds/fail");
        assertThat(dokploy.deploy())
                .isEqualTo(new Failed(
                        "deployment deployment000001 of Dokploy ended as error: Error: build failed",
                        "read the log of that deployment in Dokploy"));
    }

    @Test
    void aRefusedKeyIsFailedAndNotRepeated() throws Exception {
        DokployBench dokploy = start();
        dokploy.key = "secret-of-another";
        assertThat(dokploy.deploy())
                .isEqualTo(new Failed(
                        "Dokploy refuses: HTTP 401, Unauthorized",
                        "make a key under Settings, Profile, API/CLI Keys, and give it to the worker"));
        assertThat(dokploy.called).hasSize(1);
    }

    @Test
    void waitsOutARateLimitAndAnOutage() throws Exception {
        DokployBench dokploy = start();
        dokploy.order("POST .*application.deploy", 1, "status 429");
        dokploy.order("GET .*deployment.allByType", 2, "status 502");
        assertThat(dokploy.deploy()).isInstanceOf(Done.class);
        assertThat(dokploy.timesCalled("application.deploy")).isEqualTo(2);
    }

    @Test
    void givesUpUndecidedWhenDokployStaysSilent() throws Exception {
        DokployBench dokploy = start();
        dokploy.deadline = Duration.ofMillis(200);
        dokploy.order("GET .*queueList", 0, "status 503");
        assertThat(dokploy.deploy())
                .isEqualTo(new Undecided("deployment \"" + DokployBench.TITLE + "\" of " + DokployBench.NEW
                        + " has not ended after 0 s: Dokploy does not answer: HTTP 503"));
    }

    /** The activity dies when it waits for the first time. */
    private static String waitForTheFirstPause(DokployBench dokploy) {
        try {
            return dokploy.deploy(DokployBench.NEW, DokployBench.TITLE, (time, phase, detail) -> {
                        throw new IllegalStateException("killed");
                    })
                    .toString();
        } catch (IllegalStateException killed) {
            return String.valueOf(killed.getMessage());
        }
    }
}
