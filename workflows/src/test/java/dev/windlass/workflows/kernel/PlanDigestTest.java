package dev.windlass.workflows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDigestTest {
    @Test
    void isTheSameForTheSamePlanInAnyRelease() {
        // A stored digest must stay valid: when this fails, the canonical form has changed and needs a new version.
        assertThat(plan("CREATE a", "1 GB").digest())
                .isEqualTo(new PlanDigest("v1:545c4062efa22c5057702ea4a84b9a488d7612b8f0d5ab597f98d69424e3da83"));
    }

    @Test
    void doesNotDependOnWhatIsOnlyShown() {
        assertThat(plan("CREATE a", "2 GB").digest())
                .isEqualTo(plan("CREATE a", "1 GB").digest());
    }

    @Test
    void dependsOnEveryEffect() {
        assertThat(plan("CREATE b", "1 GB").digest())
                .isNotEqualTo(plan("CREATE a", "1 GB").digest());
    }

    private static Plan plan(String statement, String size) {
        return Plan.of(
                "sample",
                Sorted.of("database", "orders"),
                Sorted.of("server", "15.18"),
                Sorted.of("size", size),
                List.of(Step.of(
                        StepId.of("create", "orders"),
                        "Create a table",
                        List.of(new Effect.Sql(Access.CHANGES, "orders", statement)))));
    }
}
