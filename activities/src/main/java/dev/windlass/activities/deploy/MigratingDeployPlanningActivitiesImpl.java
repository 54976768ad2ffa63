package dev.windlass.activities.deploy;

import dev.windlass.runbooks.deploy.PlanOfMigratingDeploy;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanningActivities;
import dev.windlass.workflows.deploy.MigratingDeployOrder;
import dev.windlass.workflows.deploy.MigratingDeployPlan;
import dev.windlass.workflows.deploy.MigratingDeployPlanningActivities;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.MigratePlan;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigratePlanningActivities;
import dev.windlass.workflows.migrate.Migration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans both, by whoever plans each. Nothing here changes anything, so all of it is safe to run twice. */
public final class MigratingDeployPlanningActivitiesImpl implements MigratingDeployPlanningActivities {
    private final DeployPlanningActivities deploys;
    private final MigratePlanningActivities migrations;

    public MigratingDeployPlanningActivitiesImpl(
            DeployPlanningActivities deploys, MigratePlanningActivities migrations) {
        this.deploys = deploys;
        this.migrations = migrations;
    }

    @Override
    public MigratingDeployPlan planMigratingDeploy(MigratingDeployOrder order) {
        DeployPlan deploy = deploys.planDeploy(order.request());
        Optional<MigratePlan> migration = order.rehearsal()
                .map(rehearsal ->
                        migrations.planMigrate(new MigratePlanOrder(order.migrating(), order.seen(), rehearsal)));
        Plan plan = new PlanOfMigratingDeploy(order.request())
                .plan(
                        deploy.plan(),
                        migration.map(MigratePlan::plan),
                        order.seen().later());
        List<Migration> first = migration.isPresent() ? order.seen().state().pending() : List.of();
        return new MigratingDeployPlan(
                new DeployPlan(
                        plan,
                        deploy.release(),
                        deploy.before(),
                        deploy.policy(),
                        deploy.requester(),
                        deploy.applied().map(applied -> afterwards(applied, first))),
                migration.map(each -> new MigratePlan(plan, each.observation(), each.rehearsal())),
                order.seen().later());
    }

    private static List<AppliedMigration> afterwards(List<AppliedMigration> applied, List<Migration> first) {
        return Stream.concat(
                        applied.stream(),
                        first.stream().map(each -> new AppliedMigration(each.name(), each.checksum())))
                .toList();
    }
}
