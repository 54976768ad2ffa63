package dev.windlass.workflows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanEqualityTest {
    private static final StepId FIRST = StepId.of("first");
    private static final StepId SECOND = StepId.of("second");
    private static final Plan PLAN = Plan.of(
            "sample",
            Sorted.of(),
            Sorted.of(),
            Sorted.of(),
            List.of(
                    Step.of(FIRST, "Create the table", List.of(changes("CREATE {name}"), changes("FILL {name}")))
                            .withUndo(List.of(changes("DROP {name}"))),
                    Step.of(SECOND, "Clean up", List.of(reads("COUNT"), changes("VACUUM {each}")))
                            .withUndo(List.of(changes("UNVACUUM")))));
    private final PlanEquality equality = new PlanEquality(PLAN, Set.of("each"));

    @Test
    void acceptsTheMainLineWithSlotsBound() {
        assertThat(equality.differences(List.of(
                        did(FIRST, changes("CREATE a")),
                        did(FIRST, changes("FILL a")),
                        did(SECOND, reads("COUNT")),
                        did(SECOND, changes("VACUUM a")),
                        did(SECOND, changes("VACUUM b")))))
                .isEmpty();
    }

    @Test
    void acceptsASecondAttemptFromTheFront() {
        assertThat(equality.differences(List.of(
                        did(FIRST, changes("CREATE a")),
                        did(FIRST, changes("CREATE a")),
                        did(FIRST, changes("FILL a")))))
                .isEmpty();
    }

    @Test
    void refusesAChangeThatIsNotPlanned() {
        assertThat(equality.differences(List.of(did(FIRST, changes("GRANT a")))))
                .singleElement()
                .asString()
                .startsWith("first changes what its plan does not say: ");
    }

    @Test
    void refusesAStepDoneOutOfItsOrderWithinItself() {
        assertThat(equality.differences(List.of(did(FIRST, changes("FILL a")))))
                .singleElement()
                .asString()
                .startsWith("first changes what its plan does not say: ");
    }

    @Test
    void refusesAnEarlierStepAfterALaterOne() {
        assertThat(equality.differences(List.of(did(SECOND, changes("VACUUM a")), did(FIRST, changes("CREATE a")))))
                .singleElement()
                .asString()
                .startsWith("first changes something after a later step had begun: ");
    }

    @Test
    void refusesGoingOnAfterAnUndo() {
        assertThat(equality.differences(List.of(
                        did(FIRST, changes("CREATE a")),
                        did(SECOND, changes("VACUUM a")),
                        did(FIRST, changes("DROP a")),
                        did(SECOND, changes("VACUUM a")))))
                .singleElement()
                .asString()
                .startsWith("second goes on after an undo: ");
    }

    @Test
    void refusesAnUndeclaredRead() {
        assertThat(equality.differences(List.of(did(FIRST, reads("COUNT")))))
                .singleElement()
                .asString()
                .startsWith("first reads what its plan does not declare: ");
    }

    @Test
    void namesWhatARunNeverDid() {
        assertThat(equality.missing(List.of(did(FIRST, changes("CREATE a")), did(SECOND, reads("COUNT")))))
                .singleElement()
                .asString()
                .startsWith("first never did: ")
                .contains("FILL {name}");
    }

    @Test
    void aStepThatAPersonSkippedMayHaveBegunAndNeedNotEnd() {
        List<Executed> run = List.of(did(FIRST, changes("CREATE a")), did(SECOND, changes("VACUUM a")));
        assertThat(equality.missing(run)).hasSize(1);
        PlanEquality deviating = equality.deviating(FIRST, PlanEquality.Deviation.SKIPPED);
        assertThat(deviating.missing(run)).isEmpty();
        assertThat(deviating.differences(run)).isEmpty();
    }

    @Test
    void aStepThatIsNotNeededDoesNothing() {
        PlanEquality deviating = equality.deviating(FIRST, PlanEquality.Deviation.NOT_NEEDED);
        assertThat(deviating.missing(List.of(did(SECOND, changes("VACUUM a"))))).isEmpty();
        assertThat(deviating.differences(List.of(did(FIRST, changes("CREATE a")))))
                .singleElement()
                .asString()
                .startsWith("first is not needed, and did: ");
    }

    private static Executed did(StepId step, Effect effect) {
        return new Executed(step, effect);
    }

    private static Sql changes(String statement) {
        return new Sql(Access.CHANGES, "db", statement);
    }

    private static Sql reads(String statement) {
        return new Sql(Access.READS, "db", statement);
    }
}
