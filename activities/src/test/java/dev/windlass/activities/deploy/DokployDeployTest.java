package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.deploy.DokployOutcome.Done;
import dev.windlass.activities.deploy.DokployOutcome.Failed;
import dev.windlass.activities.deploy.DokployOutcome.Undecided;
import dev.windlass.activities.deploy.SwarmState.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        assertThat(dokploy.dieAtTheFirstPause()).isEqualTo("killed");
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
                        "somebody else deploys there: agree with them, then deploy again",
                        "somebody-else-deploys"));
    }

    @Test
    void doneIsNotBelievedWhenSwarmRollsBackAfterwards() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/swarm/rolls-back");
        assertThat(dokploy.deploy()).isInstanceOf(Done.class);
        assertThat(dokploy.verdict(DokployBench.NEW))
                .isEqualTo(new Verdict.Failed("Swarm took the update back (rollback completed), the service is set to"
                        + " ghcr.io/acme/shop:old"));
    }

    @Test
    void isVerifiedByTheDigestThatRuns() throws Exception {
        DokployBench dokploy = start();
        dokploy.deploy();
        assertThat(dokploy.verdict(DokployBench.NEW))
                .isEqualTo(new Verdict.Serving("1 of 1 tasks run " + DokployBench.NEW));
    }

    @Test
    void anUpdateWithoutEndIsUnderway() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/swarm/stays");
        dokploy.deploy();
        assertThat(dokploy.verdict(DokployBench.NEW)).isEqualTo(new Verdict.Underway("Swarm: updating (updating)"));
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
                        "let the CI build and push the image, and set the application's provider to Docker",
                        "built-by-dokploy"));
        assertThat(dokploy.timesCalled("application.deploy")).isZero();
    }

    @Test
    void rollsBackByDeployingTheOlderDigestNotByDokploysRollback() throws Exception {
        DokployBench dokploy = start();
        PinnedImage older = new PinnedImage("ghcr.io/acme/shop", "sha256:" + "a".repeat(64));
        dokploy.deploy();
        assertThat(dokploy.deploy(older, DokployBench.TITLE + "/undo", DokployBench::pause))
                .isInstanceOf(Done.class);
        assertThat(dokploy.verdict(older)).isInstanceOf(Verdict.Serving.class);
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
                        "set one under Advanced, Swarm Settings, Health Check; the image needs the program it calls",
                        "no-health-check"));
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
                        "read the log of that deployment in Dokploy",
                        "deployment-failed"));
    }

    @Test
    void aRefusedKeyIsFailedAndNotRepeated() throws Exception {
        DokployBench dokploy = start();
        dokploy.key = "secret-of-another";
        assertThat(dokploy.deploy())
                .isEqualTo(new Failed(
                        "Dokploy refuses: HTTP 401, Unauthorized",
                        "make a key under Settings, Profile, API/CLI Keys, and give it to the worker",
                        "refused"));
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
        dokploy.silence = Duration.ofMillis(200);
        dokploy.order("GET .*queueList", 0, "status 503");
        assertThat(dokploy.deploy()).isEqualTo(new Undecided("Dokploy does not answer: HTTP 503", "unreachable"));
    }

    @Test
    void givesUpUndecidedWhenADeploymentDoesNotEnd() throws Exception {
        DokployBench dokploy = start();
        dokploy.deadline = Duration.ofMillis(300);
        dokploy.control("/queue/pause");
        assertThat(dokploy.deploy())
                .isEqualTo(new Undecided(
                        "deployment \"" + DokployBench.TITLE + "\" of " + DokployBench.NEW
                                + " has not ended after 0 s: in Dokploy's queue, waiting",
                        "without-end"));
    }

    @Test
    void asksAgainWhenARestartCancelledItsDeploymentAndAPersonSaysRetry() throws Exception {
        DokployBench dokploy = start("--build-millis", "1500");
        dokploy.deadline = Duration.ofMillis(500);
        assertThat(dokploy.deploy()).isInstanceOf(Undecided.class);
        dokploy.control("/restart");
        dokploy.deadline = Duration.ofSeconds(30);
        DokployOutcome seen = dokploy.deploy(DokployBench.NEW, DokployBench.TITLE, (time, phase, detail) -> {
            if (detail.contains("queue, active")) {
                dokploy.control("/restart");
            }
            DokployBench.pause(time, phase, detail);
        });
        assertThat(seen)
                .isEqualTo(new Failed(
                        "deployment deployment000002 of Dokploy ended as cancelled",
                        "a person cancelled it, or Dokploy was restarted: deploy again",
                        "deployment-failed"));
    }

    @Test
    void refusesAnApplicationThatIsAnotherServiceThanOpsYmlSays() throws Exception {
        DokployBench dokploy = start();
        dokploy.somebodyElse("application.update", "{" + APP + ",\"appName\":\"shop-web-q1w2e3\"}");
        assertThat(dokploy.deploy())
                .isEqualTo(new Failed(
                        "application shop of Dokploy is the service shop-web-q1w2e3, ops.yml says shop-api-x1y2z3",
                        "correct dokploy.application or service in ops.yml: both stand on the application's page",
                        "another-service"));
    }

    @Test
    void callsNothingThatTheStepDoesNotDeclare() throws Exception {
        DokployBench dokploy = start();
        DokployApi api = dokploy.api(List.of(dokploy.calls().application()));
        assertThatThrownBy(() -> api.call(dokploy.calls().deploy("mine")))
                .hasMessageStartingWith("step start does not declare POST ");
        assertThat(dokploy.called).isEmpty();
    }
}
