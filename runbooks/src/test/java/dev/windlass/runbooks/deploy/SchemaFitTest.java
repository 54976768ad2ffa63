package dev.windlass.runbooks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.deploy.SchemaObservation.Marked;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeployRequest.Migrating;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.Migration.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SchemaFitTest {
    private static final Version OLD = new Version("9b1c0de");
    private static final AppliedMigration INIT = new AppliedMigration("0001_init", "sha256:aa");
    private static final Marked WAS_THERE = new Marked(INIT, Phase.UNMARKED);
    private static final Marked ADDED = marked("0002_add", Phase.EXPAND);
    private static final Marked DROPPED = marked("0003_drop", Phase.CONTRACT);
    private static final Marked UNKNOWN = marked("0004_who_knows", Phase.UNMARKED);

    private static Marked marked(String name, Phase phase) {
        return new Marked(new AppliedMigration(name, "sha256:bb"), phase);
    }

    private static SchemaObservation.Seen seen(Marked... applied) {
        return new SchemaObservation.Seen(List.of(applied), Optional.empty());
    }

    private static Plan plan(SchemaObservation now, Optional<List<AppliedMigration>> then, String... accepted) {
        DeployRequest request = new DeployRequest(
                new AppName("shop"),
                new EnvironmentName("prod"),
                OLD,
                new Requester("test", Optional.empty()),
                new TreeSet<>(Arrays.asList(accepted)),
                Migrating.LEFT_ALONE);
        Plan bare = Plan.of(
                "deploy",
                request.asked(),
                Sorted.of("release", "9b1c0de"),
                Sorted.of("quality gates", "none"),
                List.of());
        return PlanWithSchema.of(bare, request, now, SchemaFit.of(OLD, then, now));
    }

    private static List<String> unfit(SchemaObservation now, AppliedMigration... then) {
        return ((SchemaFit.Compared) SchemaFit.of(OLD, Optional.of(List.of(then)), now)).unfit();
    }

    @Test
    void whatWasAppliedThenIsNoChange() {
        assertThat(unfit(seen(WAS_THERE), INIT)).isEmpty();
        assertThat(plan(seen(WAS_THERE), Optional.of(List.of(INIT))).shown()).doesNotContainKey("schema");
    }

    @Test
    void expandMigrationsSinceAreAWarning() {
        assertThat(unfit(seen(WAS_THERE, ADDED), INIT)).isEmpty();

        Plan plan = plan(seen(WAS_THERE, ADDED), Optional.of(List.of(INIT)));

        assertThat(plan.shown())
                .containsEntry(
                        "schema",
                        "WARNING: applied since 9b1c0de was deployed: 0002_add (expand); its code should run on with that");
        assertThat(plan.resolved())
                .containsEntry("migrations applied", "2, the last 0002_add")
                .containsEntry("applied since 9b1c0de was deployed", "0002_add (expand)");
    }

    @Test
    void contractAndUnmarkedOnesAndThoseThatAreGoneDoNotFit() {
        AppliedMigration gone = new AppliedMigration("0009_gone", "sha256:cc");

        assertThat(unfit(seen(WAS_THERE, ADDED, DROPPED, UNKNOWN), INIT, gone))
                .containsExactly(
                        "0003_drop (contract)", "0004_who_knows (not marked)", "0009_gone (no longer applied)");
    }

    @Test
    void aFileThatWasWrittenAnewUnderTheOldNameIsAnotherMigration() {
        assertThat(unfit(seen(marked("0001_init", Phase.UNMARKED)), INIT))
                .containsExactly("0001_init (not marked)", "0001_init (no longer applied)");
    }

    @Test
    void whatIsAcceptedStaysVisibleAndIsBoundByTheDigest() {
        SchemaObservation now = seen(WAS_THERE, DROPPED);

        Plan accepted = plan(now, Optional.of(List.of(INIT)), "schema");

        assertThat(accepted.request()).containsEntry("accepted", "schema");
        assertThat(accepted.shown())
                .containsEntry(
                        "schema",
                        "WARNING: the code of 9b1c0de may not bear it: 0003_drop (contract); accepted by the request");
        assertThat(accepted.digest())
                .isNotEqualTo(plan(now, Optional.of(List.of(INIT))).digest())
                .isNotEqualTo(plan(seen(WAS_THERE, DROPPED, UNKNOWN), Optional.of(List.of(INIT)), "schema")
                        .digest());
    }

    @Test
    void aReleaseWithoutAListIsNotKnown() {
        assertThat(plan(seen(WAS_THERE), Optional.empty()).shown())
                .containsEntry(
                        "schema",
                        "WARNING: whether the code bears it is not known: nobody noted which migrations were applied when"
                                + " 9b1c0de was deployed");
    }

    @Test
    void aDatabaseThatIsAwayIsNotKnownEither() {
        Plan plan = plan(new SchemaObservation.Unseen("connection refused"), Optional.of(List.of(INIT)));

        assertThat(plan.shown())
                .containsEntry("schema", "WARNING: whether the code bears it is not known: connection refused");
        assertThat(plan.resolved()).doesNotContainKey("migrations applied");
    }

    @Test
    void withoutMigrationsInOpsYmlThePlanIsTheSame() {
        Plan plan = plan(new SchemaObservation.LeftAlone(), Optional.empty());

        assertThat(plan.resolved()).containsOnlyKeys("release");
        assertThat(plan.shown()).containsOnlyKeys("quality gates");
    }

    @Test
    void marksThatCannotBeReadAreTold() {
        Plan plan = plan(
                new SchemaObservation.Seen(List.of(WAS_THERE), Optional.of("there is no directory /srv/sql")),
                Optional.of(List.of(INIT)));

        assertThat(plan.shown()).containsEntry("marks of the migrations", "not read: there is no directory /srv/sql");
    }
}
