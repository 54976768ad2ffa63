package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.deploy.RecordingDeploy.Fault;
import dev.windlass.activities.deploy.RehearsedDeploys.Kind;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Deviation;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The real workflow over recording effects: what it does is what its plan says, whichever step fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployEqualsPlanTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aDeployDoesWhatItsPlanSays(Kind kind) {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(kind)) {
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
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, DeploySteps.PREPARE, Fault.FOR_GOOD),
                        Arguments.of(kind, DeploySteps.START, Fault.FOR_GOOD),
                        Arguments.of(kind, DeploySteps.HEALTH, Fault.FOR_GOOD),
                        Arguments.of(kind, DeploySteps.HEALTH, Fault.UNHEALTHY),
                        Arguments.of(kind, DeploySteps.SWITCH, Fault.FOR_GOOD),
                        Arguments.of(kind, DeploySteps.DRAIN, Fault.FOR_GOOD),
                        Arguments.of(kind, DeploySteps.WATCH, Fault.FOR_GOOD),
                        Arguments.of(kind, DeploySteps.WATCH, Fault.UNHEALTHY)));
    }

    @ParameterizedTest
    @MethodSource("whatStopsADeploy")
    void whatWasBegunIsUndoneInReverse(Kind kind, StepId step, Fault fault) {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(kind)) {
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
    @EnumSource(Kind.class)
    void aNewVersionThatServesWellIsKeptWhenTheOldOneCannotBeStopped(Kind kind) {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(kind)) {
            rehearsed.fail(DeploySteps.RETIRE, Fault.FOR_GOOD);

            assertThatThrownBy(rehearsed::deploy).isInstanceOf(WorkflowFailedException.class);

            requireEqual(rehearsed);
            assertThat(rehearsed.effects().stream()
                            .filter(executed -> executed.effect().access() == Access.CHANGES)
                            .map(Executed::step)
                            .distinct())
                    .containsExactlyElementsOf(rehearsed.plan().steps().stream()
                            .filter(step -> !step.isReadOnly())
                            .map(Step::id)
                            .filter(id -> !id.equals(DeploySteps.START_BY_DOCKER))
                            .toList());
        }
    }

    @Test
    void stepsThatFailOnceAreTriedAgain() {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(Kind.SYSTEMD)) {
            rehearsed.plan().steps().forEach(step -> rehearsed.fail(step.id(), Fault.ONCE));

            assertThat(rehearsed.deploy()).isInstanceOf(DeployOutcome.Deployed.class);

            requireEqual(rehearsed);
            assertThat(equality(rehearsed.plan()).missing(rehearsed.effects())).isEmpty();
        }
    }

    @Test
    void anUndoThatFailsOnceIsTriedAgain() {
        try (RehearsedDeploys rehearsed = new RehearsedDeploys(Kind.SYSTEMD)) {
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
        PlanEquality equality = new PlanEquality(plan, Set.of("old-release"), Set.of(DeploySteps.NOTIFY));
        return plan.hasStep(DeploySteps.START_BY_DOCKER)
                ? equality.deviating(DeploySteps.START_BY_DOCKER, Deviation.NOT_NEEDED)
                : equality;
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
            if (step.id().equals(DeploySteps.START_BY_DOCKER)) {
                continue;
            }
            begun.addFirst(step);
            step.fill(RecordingDeploy.BORN_IN_THE_RUN)
                    .effects()
                    .forEach(effect -> wanted.add(new Executed(step.id(), effect)));
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
