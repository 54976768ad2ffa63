package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.deploy.RecordingDeploy.Fault;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.client.WorkflowFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real workflow over recording effects: what it does is what its plan says, whichever step fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployEqualsPlanTest {
    private static final Supervisor SYSTEMD = new Supervisor.Systemd();
    private static final Supervisor SUPERVISORD = new Supervisor.Supervisord("/etc/s.conf", "/etc/s.d");

    static Stream<Supervisor> supervisors() {
        return Stream.of(SYSTEMD, SUPERVISORD);
    }

    @ParameterizedTest
    @MethodSource("supervisors")
    void aDeployDoesWhatItsPlanSays(Supervisor supervisor) {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(supervisor)) {
            assertThat(rehearsed.deploy()).isInstanceOf(DeployOutcome.Deployed.class);
            requireEqual(rehearsed);
            assertThat(equality(rehearsed.plan()).missing(rehearsed.effects())).isEmpty();
            assertThat(rehearsed.headlines())
                    .singleElement()
                    .asString()
                    .startsWith("shop staging serves v2 instead of v1, in ");
            assertThat(rehearsed.audited()).containsExactly(AuditEvent.Kind.STARTED, AuditEvent.Kind.ENDED);
        }
    }

    static Stream<Arguments> whatStopsADeploy() {
        return supervisors()
                .flatMap(supervisor -> Stream.of(
                        Arguments.of(supervisor, DeploySteps.PREPARE, Fault.FOR_GOOD),
                        Arguments.of(supervisor, DeploySteps.START, Fault.FOR_GOOD),
                        Arguments.of(supervisor, DeploySteps.HEALTH, Fault.FOR_GOOD),
                        Arguments.of(supervisor, DeploySteps.HEALTH, Fault.UNHEALTHY),
                        Arguments.of(supervisor, DeploySteps.SWITCH, Fault.FOR_GOOD),
                        Arguments.of(supervisor, DeploySteps.DRAIN, Fault.FOR_GOOD),
                        Arguments.of(supervisor, DeploySteps.WATCH, Fault.FOR_GOOD),
                        Arguments.of(supervisor, DeploySteps.WATCH, Fault.UNHEALTHY)));
    }

    @ParameterizedTest
    @MethodSource("whatStopsADeploy")
    void whatWasBegunIsUndoneInReverse(Supervisor supervisor, StepId step, Fault fault) {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(supervisor)) {
            rehearsed.fail(step, fault);

            assertThat(rehearsed.deploy())
                    .isInstanceOfSatisfying(
                            DeployOutcome.RolledBack.class,
                            back -> assertThat(back.reason()).startsWith("step " + step));

            requireEqual(rehearsed);
            assertThat(changes(rehearsed)).containsExactlyElementsOf(thereAndBack(rehearsed.plan(), step));
            assertThat(rehearsed.headlines())
                    .singleElement()
                    .asString()
                    .startsWith("deploy of v2 to shop staging rolled back in ");
            assertThat(rehearsed.audited()).containsExactly(AuditEvent.Kind.STARTED, AuditEvent.Kind.ENDED);
        }
    }

    @ParameterizedTest
    @MethodSource("supervisors")
    void aNewVersionThatServesWellIsKeptWhenTheOldOneCannotBeStopped(Supervisor supervisor) {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(supervisor)) {
            rehearsed.fail(DeploySteps.RETIRE, Fault.FOR_GOOD);

            assertThatThrownBy(rehearsed::deploy).isInstanceOf(WorkflowFailedException.class);

            requireEqual(rehearsed);
            assertThat(rehearsed.effects().stream()
                            .filter(executed -> executed.effect().access() == Access.CHANGES)
                            .map(Executed::step)
                            .distinct())
                    .containsExactly(
                            DeploySteps.PREPARE,
                            DeploySteps.START,
                            DeploySteps.SWITCH,
                            DeploySteps.RETIRE,
                            DeploySteps.NOTIFY);
        }
    }

    @Test
    void stepsThatFailOnceAreTriedAgain() {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(SYSTEMD)) {
            rehearsed.plan().steps().forEach(step -> rehearsed.fail(step.id(), Fault.ONCE));

            assertThat(rehearsed.deploy()).isInstanceOf(DeployOutcome.Deployed.class);

            requireEqual(rehearsed);
            assertThat(equality(rehearsed.plan()).missing(rehearsed.effects())).isEmpty();
        }
    }

    @Test
    void anUndoThatFailsOnceIsTriedAgain() {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(SYSTEMD)) {
            rehearsed.fail(DeploySteps.WATCH, Fault.UNHEALTHY);
            rehearsed.fail(DeploySteps.SWITCH, Fault.UNDO_ONCE);
            rehearsed.fail(DeploySteps.START, Fault.UNDO_ONCE);

            assertThat(rehearsed.deploy()).isInstanceOf(DeployOutcome.RolledBack.class);

            requireEqual(rehearsed);
        }
    }

    private static void requireEqual(RehearsedDeploys rehearsed) {
        assertThat(equality(rehearsed.plan()).differences(rehearsed.effects())).isEmpty();
    }

    private static PlanEquality equality(Plan plan) {
        return new PlanEquality(plan, Set.of("old-release"), Set.of(DeploySteps.NOTIFY));
    }

    private static List<Executed> changes(RehearsedDeploys rehearsed) {
        return rehearsed.effects().stream()
                .filter(executed -> executed.effect().access() == Access.CHANGES)
                .toList();
    }

    /** The changes up to and with the step, then the undos of those steps in reverse, then telling people. */
    private static List<Executed> thereAndBack(Plan plan, StepId last) {
        List<Executed> wanted = new ArrayList<>();
        List<Step> begun = new ArrayList<>();
        for (Step step : plan.steps()) {
            begun.addFirst(step);
            step.effects().forEach(effect -> wanted.add(new Executed(step.id(), effect)));
            if (step.id().equals(last)) {
                break;
            }
        }
        begun.forEach(step -> step.undo().forEach(effect -> wanted.add(new Executed(step.id(), effect))));
        plan.step(DeploySteps.NOTIFY).effects().forEach(effect -> wanted.add(new Executed(DeploySteps.NOTIFY, effect)));
        wanted.removeIf(executed -> executed.effect().access() == Access.READS);
        return wanted;
    }
}
