package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.deploy.SwarmState.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines in the shape that docker documents for service inspect and service ps. */
class SwarmStateTest {
    private static final PinnedImage NEW = new PinnedImage("ghcr.io/acme/shop", "sha256:" + "b".repeat(64));
    private static final String OLD = "ghcr.io/acme/shop@sha256:" + "a".repeat(64);

    @Test
    void servesWhenTheUpdateIsCompletedAndEveryTaskRunsTheDigest() {
        assertThat(verdict(NEW.reference(), "completed", "update completed", task("1", NEW.reference()), ended(OLD)))
                .isEqualTo(new Verdict.Serving("1 of 1 tasks run " + NEW));
    }

    @Test
    void servesWithoutAnUpdateStatusWhenTheServiceIsNew() throws JsonProcessingException {
        var line = "{\"image\":\"" + NEW + "\",\"update\":null}";
        assertThat(SwarmState.of(line, List.of(task("1", NEW.reference()))).verdict(NEW))
                .isInstanceOf(Verdict.Serving.class);
    }

    @ParameterizedTest
    @CsvSource({"rollback_started", "rollback_paused", "rollback_completed"})
    void failsWhenSwarmRollsBack(String state) {
        assertThat(verdict(OLD, state, "rollback completed", task("1", OLD)))
                .isEqualTo(new Verdict.Failed(
                        "Swarm took the update back (rollback completed), the service is set to " + OLD));
    }

    @Test
    void quotesTheTaskBecauseOfWhichSwarmWentBack() {
        String failed =
                line("shop.1", NEW.reference(), "Shutdown", "Failed 3 seconds ago", "\\\"task: non-zero exit (1)\\\"");
        assertThat(verdict(OLD, "rollback_completed", "", task("1", OLD), failed))
                .isEqualTo(new Verdict.Failed("Swarm took the update back, the service is set to " + OLD
                        + "; its task shop.1 ended: task: non-zero exit (1)"));
    }

    @Test
    void whatSwarmWentBackToServesForWhoeverWantsToGoBack() {
        PinnedImage old = new PinnedImage("ghcr.io/acme/shop", "sha256:" + "a".repeat(64));
        assertThat(verdict(old, OLD, "rollback_completed", task("1", OLD)))
                .isEqualTo(new Verdict.Serving("1 of 1 tasks run " + OLD));
        assertThat(verdict(old, OLD, "rollback_started", task("1", OLD)))
                .isEqualTo(new Verdict.Underway("Swarm: rollback_started"));
        assertThat(verdict(old, OLD, "rollback_paused", task("1", OLD)))
                .isEqualTo(new Verdict.Failed("Swarm stopped half-way in the update"));
        assertThat(verdict(old, NEW.reference(), "updating", task("1", OLD)))
                .isEqualTo(new Verdict.Underway("Swarm: updating"));
    }

    @Test
    void failsWhenSwarmStopsHalfWay() {
        assertThat(verdict(NEW.reference(), "paused", "update paused due to failure", task("1", OLD)))
                .isEqualTo(new Verdict.Failed("Swarm stopped half-way in the update (update paused due to failure)"));
    }

    @Test
    void failsWhenTheServiceIsSetToSomethingElse() {
        assertThat(verdict(OLD, "completed", "update completed", task("1", OLD)))
                .isEqualTo(new Verdict.Failed("the service is set to " + OLD + ", wanted " + NEW));
    }

    @Test
    void waitsWhileTheUpdateGoesOnOrAnOldTaskRuns() {
        assertThat(verdict(NEW.reference(), "updating", "update in progress", task("1", OLD)))
                .isEqualTo(new Verdict.Underway("Swarm: updating (update in progress)"));
        assertThat(verdict(NEW.reference(), "completed", "", task("1", NEW.reference()), task("2", OLD)))
                .isEqualTo(new Verdict.Underway("shop.2 runs " + OLD));
        assertThat(verdict(NEW.reference(), "completed", "")).isEqualTo(new Verdict.Underway("no task is to run"));
    }

    @Test
    void quotesATaskThatCannotStart() {
        String rejected = line("shop.1", NEW.reference(), "Running", "Rejected 3 seconds ago", "No such image: " + NEW);
        assertThat(verdict(NEW.reference(), "completed", "", rejected))
                .isEqualTo(new Verdict.Underway("shop.1: Rejected 3 seconds ago, No such image: " + NEW));
    }

    private static Verdict verdict(PinnedImage wanted, String image, String state, String... tasks) {
        return verdict(wanted, image, state, "", List.of(tasks));
    }

    private static Verdict verdict(String image, String state, String message, String... tasks) {
        return verdict(NEW, image, state, message, List.of(tasks));
    }

    private static Verdict verdict(PinnedImage wanted, String image, String state, String message, List<String> tasks) {
        String line =
                "{\"image\":\"%s\",\"update\":{\"State\":\"%s\",\"StartedAt\":\"2026-11-25T02:00:00.1Z\",\"Message\":\"%s\"}}"
                        .formatted(image, state, message);
        try {
            return SwarmState.of(line, tasks).verdict(wanted);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String task(String slot, String image) {
        return line("shop." + slot, image, "Running", "Running 5 seconds ago", "");
    }

    private static String ended(String image) {
        return line("shop.1", image, "Shutdown", "Shutdown 6 seconds ago", "");
    }

    private static String line(String name, String image, String desired, String current, String error) {
        return ("{\"CurrentState\":\"%s\",\"DesiredState\":\"%s\",\"Error\":\"%s\",\"ID\":\"k0lq1b2c3d4e\","
                        + "\"Image\":\"%s\",\"Name\":\"%s\",\"Node\":\"vps\",\"Ports\":\"\"}")
                .formatted(current, desired, error, image, name);
    }
}
