package dev.windlass.runbooks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.migrate.MigratePage;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Over the plans that stand on the pages. */
class PlanOfMigratingDeployTest {
    private static final Plan DEPLOY = new DeployPage().plan();
    private static final Plan MIGRATE = new MigratePage().plan();
    private static final Migration DROP =
            new Migration("0008_drop", "sha256:" + "e".repeat(64), Wrapping.ONE_TRANSACTION, "", Phase.CONTRACT);
    private static final PlanOfMigratingDeploy PLANS = new PlanOfMigratingDeploy(new DeployRequest(
            new AppName("shop"),
            new EnvironmentName("prod"),
            new Version("3f2c1ab"),
            new Requester("test", Optional.empty())));

    @Test
    void migratesAfterTheVersionIsReadyAndBeforeItStarts() {
        Plan plan = PLANS.plan(DEPLOY, Optional.of(MIGRATE), List.of());

        assertThat(plan.steps())
                .extracting(step -> step.id().value())
                .containsExactly(
                        "prepare", "backup", "apply", "verify", "serving", "start", "health", "switch", "drain",
                        "watch", "retire", "notify");
        assertThat(plan.steps()).contains(DEPLOY.steps().toArray(Step[]::new));
        assertThat(plan.runbook()).isEqualTo("deploy");
    }

    @Test
    void bindsWhatEitherHalfResolved() {
        Plan plan = PLANS.plan(DEPLOY, Optional.of(MIGRATE), List.of());

        assertThat(plan.resolved())
                .containsAllEntriesOf(DEPLOY.resolved())
                .containsEntry("when the deploy goes back", "the expand migrations stay applied")
                .containsKeys("migration 0007_add_colour", "migrations: schema now", "migrations: schema afterwards")
                .containsEntry("migrations: configuration", MIGRATE.resolved().get("configuration"));
        Plan otherDeploy =
                Plan.of("deploy", DEPLOY.request(), Sorted.of("release", "another"), DEPLOY.shown(), DEPLOY.steps());
        Plan otherMigration = Plan.of(
                "migrate",
                MIGRATE.request(),
                Sorted.of("migration 0007_add_colour", "b"),
                MIGRATE.shown(),
                MIGRATE.steps());
        assertThat(List.of(
                        plan.digest(),
                        DEPLOY.digest(),
                        PLANS.plan(otherDeploy, Optional.of(MIGRATE), List.of()).digest(),
                        PLANS.plan(DEPLOY, Optional.of(otherMigration), List.of())
                                .digest(),
                        PLANS.plan(DEPLOY, Optional.of(MIGRATE), List.of(DROP)).digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesWhatIsLeftAndHowItIsAppliedLater() {
        Plan plan = PLANS.plan(DEPLOY, Optional.empty(), List.of(DROP));

        assertThat(plan.steps()).isEqualTo(DEPLOY.steps());
        assertThat(plan.resolved())
                .containsEntry(
                        "left for a run of its own",
                        "0008_drop (contract, " + DROP.checksum() + "): windlass migrate shop prod");
    }
}
