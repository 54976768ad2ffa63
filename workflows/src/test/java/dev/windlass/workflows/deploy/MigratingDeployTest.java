package dev.windlass.workflows.deploy;

import static dev.windlass.workflows.deploy.DeployFakes.BEN;
import static dev.windlass.workflows.deploy.DeployFakes.NEW;
import static dev.windlass.workflows.deploy.DeployFakes.OLD;
import static dev.windlass.workflows.deploy.MigratingFakes.ADD;
import static dev.windlass.workflows.deploy.MigratingFakes.DROP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.WayBack;
import io.temporal.client.WorkflowFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigratingDeployTest {
    private static final String LATER = "windlass migrate shop prod";

    private final DeployFakes fakes = new DeployFakes();

    private static DeployPlan unasked() {
        return plan(NEW, Optional.empty());
    }

    private static DeployPlan asked(Release release) {
        return plan(release, Optional.of(DeployFakes.policy(Duration.ofDays(7))));
    }

    private static DeployPlan plan(Release release, Optional<ApprovalPolicy> policy) {
        return new DeployPlan(
                DeployFakes.plan(release, OLD, "1 h"),
                release,
                Optional.of(OLD),
                policy,
                policy.map(each -> new PersonName("ana")),
                Optional.empty());
    }

    @Test
    void migratesBeforeTheVersionStartsAndLeavesWhatIsContractForLater() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD, DROP));
        try (DeployBench bench = new DeployBench(fakes, database, unasked())) {
            assertThat(bench.deploy())
                    .isInstanceOfSatisfying(
                            DeployOutcome.Deployed.class,
                            deployed -> assertThat(deployed.schema())
                                    .isEqualTo(new SchemaChange(
                                            List.of("0001_add"), List.of("0002_drop"), Optional.of(LATER))));
        }
        assertThat(fakes.done())
                .containsExactly(
                        "rehearse",
                        "prepare",
                        "apply",
                        "verify",
                        "serving on",
                        "start",
                        "health",
                        "switch",
                        "drain",
                        "watch",
                        "retire");
        assertThat(fakes.kept()).containsExactly(new AppliedMigration("0001_add", ADD.checksum()));
        assertThat(fakes.headlines()).singleElement().asString().startsWith("shop prod serves v2 instead of v1, in ");
        assertThat(fakes.lines())
                .containsExactly(
                        "content " + NEW.content(), "migrated: 0001_add", "still pending: 0002_drop; later: " + LATER);
    }

    @Test
    void asksOnceForBothAndHoldsBothLocks() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        CountDownLatch latch = new CountDownLatch(1);
        fakes.hold("apply", latch);
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW))) {
            bench.begin();
            Question question = bench.question(QuestionState.WAITING);
            assertThat(question.subject()).isEqualTo("migrate and deploy shop prod v2");
            assertThat(question.steps()).contains("Apply", "Do start");
            assertThat(fakes.done()).containsExactly("rehearse");
            bench.decide(question, BEN, Verdict.APPROVE);

            bench.waitUntil(() -> fakes.done().contains("apply"));
            assertThat(bench.isRunning("lock/deploy/shop/prod")).isTrue();
            assertThat(bench.isRunning("lock/database/shop")).isTrue();
            latch.countDown();
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
    }

    @Test
    void aMigrationThatFailsIsUndoneAndNothingIsDeployed() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        database.failing = Optional.of("0001_add: syntax error");
        try (DeployBench bench = new DeployBench(fakes, database, unasked())) {
            assertThat(bench.deploy()).isInstanceOfSatisfying(DeployOutcome.NotMigrated.class, not -> {
                assertThat(not.refused()).isEqualTo(NEW);
                assertThat(not.serving()).contains(OLD);
                assertThat(not.migration())
                        .isInstanceOfSatisfying(
                                MigrateOutcome.Undone.class,
                                undone -> assertThat(undone.reason()).isEqualTo("0001_add: syntax error"));
            });
        }
        assertThat(fakes.done()).containsExactly("rehearse", "prepare", "apply", "look", "undo apply", "look");
        assertThat(fakes.headlines())
                .singleElement()
                .asString()
                .matches("migration of shop prod undone in .*: 0001_add: syntax error");
        assertThat(fakes.lines()).contains("version v2 was not deployed; v1 serves as before");
        assertThat(fakes.audit()).last().asString().startsWith("ENDED");
    }

    @Test
    void aMigrationWhoseWayBackIsARestoreIsPutBackBeforeAnyVersionStarts() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        database.wayBack = WayBack.RESTORE;
        database.failing = Optional.of("0001_add: syntax error");
        try (DeployBench bench = new DeployBench(fakes, database, unasked())) {
            assertThat(bench.deploy()).isInstanceOf(DeployOutcome.NotMigrated.class);
        }
        assertThat(fakes.done())
                .containsExactly("rehearse", "prepare", "apply", "look", "put back " + DeployBench.FRESH, "look");
    }

    @Test
    void aRehearsalThatFailsEndsItBeforeAnybodyIsAsked() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        database.rehearsalProblem = Optional.of("0001_add: duplicate key");
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW))) {
            assertThat(bench.deploy())
                    .isInstanceOfSatisfying(
                            DeployOutcome.NotMigrated.class,
                            not -> assertThat(not.migration()).isInstanceOf(MigrateOutcome.RehearsalFailed.class));
        }
        assertThat(fakes.done()).containsExactly("rehearse");
        assertThat(fakes.shown()).isEmpty();
        assertThat(fakes.headlines())
                .containsExactly("migration of shop prod failed in its rehearsal: 0001_add: duplicate key");
    }

    @Test
    void aVersionThatGoesBackLeavesTheExpandMigrationsWhereTheyAre() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD, DROP));
        String before = database.schema();
        fakes.findUnhealthy(DeploySteps.WATCH, "too slow");
        try (DeployBench bench = new DeployBench(fakes, database, unasked())) {
            assertThat(bench.deploy()).isInstanceOfSatisfying(DeployOutcome.RolledBack.class, back -> {
                assertThat(back.reason()).isEqualTo("too slow");
                assertThat(back.serving()).contains(OLD);
                assertThat(back.schema().applied()).containsExactly("0001_add");
            });
        }
        assertThat(fakes.done())
                .containsSubsequence("apply", "verify", "start", "watch", "undo switch", "undo start", "serving")
                .doesNotContain("undo apply", "retire");
        assertThat(database.schema()).isNotEqualTo(before);
        assertThat(fakes.lines())
                .containsExactly(
                        "serving: v1, healthy",
                        "the migrations stay: the version before runs on with an expand migration",
                        "migrated: 0001_add",
                        "still pending: 0002_drop; later: " + LATER);
    }

    @Test
    void whoCancelsItAfterItHasMigratedIsToldThatTheSchemaStays() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        CountDownLatch never = new CountDownLatch(1);
        fakes.hold("start", never);
        try (DeployBench bench = new DeployBench(fakes, database, unasked())) {
            bench.begin();
            bench.waitUntil(() -> fakes.done().contains("start"));
            bench.cancel();
            assertThatThrownBy(bench::outcome).isInstanceOf(WorkflowFailedException.class);
        }
        assertThat(fakes.done()).contains("undo start", "serving").doesNotContain("undo apply");
        assertThat(fakes.headlines()).contains("deploy of v2 to shop prod was cancelled after it had migrated");
        assertThat(fakes.lines()).contains("migrated: 0001_add");
    }

    @Test
    void whatNobodyMarkedIsRefusedBeforeAnythingHappens() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        database.isUnmarked = true;
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW))) {
            assertThatThrownBy(bench::deploy)
                    .satisfies(thrown -> assertThat(
                                    Failure.in(thrown).orElseThrow().anchor())
                            .isEqualTo("migrate.md#expand-and-contract"));
        }
        assertThat(fakes.done()).isEmpty();
        assertThat(fakes.shown()).isEmpty();
    }

    @Test
    void whereOnlyContractMigrationsArePendingItIsADeployThatNamesThem() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(DROP));
        try (DeployBench bench = new DeployBench(fakes, database, unasked())) {
            assertThat(bench.deploy())
                    .isInstanceOfSatisfying(
                            DeployOutcome.Deployed.class,
                            deployed -> assertThat(deployed.schema())
                                    .isEqualTo(new SchemaChange(List.of(), List.of("0002_drop"), Optional.of(LATER))));
        }
        assertThat(fakes.done()).doesNotContain("rehearse", "apply").contains("retire");
    }

    @Test
    void aVersionThatServesAlreadyIsNoReasonToMigrate() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        DeployPlan same = new DeployPlan(
                DeployFakes.plan(NEW, NEW, "1 h"),
                NEW,
                Optional.of(NEW),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (DeployBench bench = new DeployBench(fakes, database, same)) {
            assertThat(bench.deploy()).isEqualTo(new DeployOutcome.AlreadyServing(NEW));
        }
        assertThat(fakes.done()).isEmpty();
    }

    @Test
    void anotherArtefactVoidsTheApprovalOfBoth() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD));
        Release other = DeployFakes.release("v2", "3");
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW), asked(NEW), asked(other))) {
            askedAgain(bench);
        }
    }

    @Test
    void anotherMigrationVoidsTheApprovalOfBoth() {
        Migration changed = MigratingFakes.migration("0001_add", "6", Phase.EXPAND);
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD), List.of(changed));
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW))) {
            askedAgain(bench);
        }
    }

    @Test
    void aContractMigrationMoreVoidsTheApprovalToo() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD), List.of(ADD, DROP));
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW))) {
            askedAgain(bench);
        }
    }

    private void askedAgain(DeployBench bench) {
        bench.begin();
        Question first = bench.question(QuestionState.WAITING);
        bench.decide(first, BEN, Verdict.APPROVE);
        Question second = bench.questionAfter(first);
        assertThat(second.digest()).isNotEqualTo(first.digest());
        assertThat(fakes.done()).containsExactly("rehearse", "rehearse");
        bench.waitUntil(() -> fakes.shown().stream()
                .anyMatch(view -> view.question().id().equals(first.id()) && view.state() == QuestionState.VOID));
    }

    @Test
    void thePlanIsOneAndChangesNothing() {
        MigratingFakes database = new MigratingFakes(fakes, List.of(ADD, DROP));
        try (DeployBench bench = new DeployBench(fakes, database, asked(NEW))) {
            MigratingDeployPlan plan = bench.plan();
            assertThat(plan.plan().steps())
                    .extracting(Step::id)
                    .containsSubsequence(List.<StepId>of(
                            DeploySteps.PREPARE, MigrateSteps.APPLY, MigrateSteps.VERIFY, DeploySteps.START));
            assertThat(plan.later()).containsExactly(DROP);
        }
        assertThat(fakes.done()).containsExactly("rehearse");
    }
}
