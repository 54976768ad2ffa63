package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.audit.AuditChain;
import dev.windlass.workflows.audit.AuditEntries;
import dev.windlass.workflows.audit.AuditEntry;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.MigratingDeployPlan;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.SchemaChange;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.MigrateOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeployCommandsTest {
    private static final Release OLD = new Release(new Version("9b1c0de"), "sha256:" + "4f".repeat(32));
    private static final Release NEW = new Release(new Version("3f2c1ab"), "sha256:" + "c0".repeat(32));
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));
    private static final Duration TOOK = Duration.ofSeconds(42);

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        new DeployOutcome.Deployed(NEW, Optional.of(OLD), DIGEST, TOOK, List.of(), SchemaChange.none()),
                        0,
                        "deployed: version 3f2c1ab (c0c0c0c0c0c0) serves instead of 9b1c0de, in 42 s\n"),
                Arguments.of(
                        new DeployOutcome.Deployed(
                                NEW,
                                Optional.empty(),
                                DIGEST,
                                TOOK,
                                List.of("slack: channel_not_found"),
                                SchemaChange.none()),
                        0,
                        "deployed: version 3f2c1ab (c0c0c0c0c0c0) serves, the first one, in 42 s\n"
                                + "not notified: slack: channel_not_found\n"),
                Arguments.of(
                        new DeployOutcome.RolledBack(
                                NEW,
                                Optional.of(OLD),
                                "status 503, wanted 200",
                                DIGEST,
                                TOOK,
                                List.of(),
                                SchemaChange.none()),
                        9,
                        "ROLLED BACK: version 3f2c1ab (c0c0c0c0c0c0) was not kept, in 42 s\n"
                                + "reason: status 503, wanted 200\n"
                                + "serving: version 9b1c0de (4f4f4f4f4f4f), healthy\n"),
                Arguments.of(
                        new DeployOutcome.RolledBack(
                                NEW,
                                Optional.empty(),
                                "it crashed",
                                DIGEST,
                                TOOK,
                                List.of("slack: timed out"),
                                SchemaChange.none()),
                        9,
                        "ROLLED BACK: version 3f2c1ab (c0c0c0c0c0c0) was not kept, in 42 s\n"
                                + "reason: it crashed\nserving: nothing, as before\n"
                                + "not notified: slack: timed out\n"),
                Arguments.of(
                        new DeployOutcome.NotApproved(
                                NEW,
                                QuestionState.REJECTED,
                                "ben rejected it: not now",
                                DIGEST,
                                List.of("slack: away")),
                        9,
                        "NOT APPROVED: version 3f2c1ab (c0c0c0c0c0c0)\nreason: ben rejected it: not now\n"
                                + "nothing was changed\nnot notified: slack: away\n"),
                Arguments.of(
                        new DeployOutcome.Deployed(
                                NEW,
                                Optional.of(OLD),
                                DIGEST,
                                TOOK,
                                List.of(),
                                new SchemaChange(
                                        List.of("0007_add"),
                                        List.of("0008_drop"),
                                        Optional.of("windlass migrate shop prod"))),
                        0,
                        "serves instead of 9b1c0de, in 42 s\nmigrated: 0007_add\n"
                                + "still pending: 0008_drop; later: windlass migrate shop prod\n"),
                Arguments.of(
                        new DeployOutcome.RolledBack(
                                NEW,
                                Optional.of(OLD),
                                "it crashed",
                                DIGEST,
                                TOOK,
                                List.of(),
                                new SchemaChange(List.of("0007_add"), List.of(), Optional.empty())),
                        9,
                        "reason: it crashed\nserving: version 9b1c0de (4f4f4f4f4f4f), healthy\n"
                                + "the schema does not go back: the old version runs on with expand migrations\n"
                                + "migrated: 0007_add\n"),
                Arguments.of(
                        new DeployOutcome.NotMigrated(
                                NEW,
                                Optional.of(OLD),
                                new MigrateOutcome.Undone("0007_add: no", "as before", DIGEST, TOOK, List.of())),
                        9,
                        "NOT DEPLOYED: version 3f2c1ab (c0c0c0c0c0c0), since its migrations were not kept\n"
                                + "serving: version 9b1c0de (4f4f4f4f4f4f), as before\n"
                                + "UNDONE in 42 s\nreason: 0007_add: no\nas before\n"),
                Arguments.of(
                        new DeployOutcome.AlreadyServing(NEW),
                        0,
                        "version 3f2c1ab (c0c0c0c0c0c0) serves already; nothing was changed\n"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndHasItsWordsAndItsCode(DeployOutcome outcome, int code, String words) {
        endsWith("deploy", outcome);

        assertThat(typed.type("deploy", "shop", "prod", "3f2c1ab", "--wait"))
                .as(typed.err())
                .isEqualTo(code);

        assertThat(typed.out()).endsWith(words);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndIsToldToMachinesToo(DeployOutcome outcome, int code, String words) {
        endsWith("deploy", outcome);

        assertThat(typed.type("deploy", "shop", "prod", "3f2c1ab", "--wait", "--json"))
                .isEqualTo(code);

        assertThat(typed.out()).startsWith("{\n").contains("\"outcome\" : \"", "\"version\" : \"3f2c1ab\"");
    }

    @Test
    void aRunThatIsStartedCarriesWhoAsksAndNoSignatureWhereThereIsNoKey() {
        assertThat(typed.type("deploy", "shop", "prod", "3f2c1ab")).isZero();

        assertThat(runs.calls).singleElement().asString().startsWith("start Deploy DeployRequest[app=shop");
        assertThat(runs.calls.getFirst())
                .contains("environment=prod, version=3f2c1ab", "label=ana", "Optional.empty")
                .endsWith("(deploy shop prod 3f2c1ab)");
        assertThat(typed.out()).isEqualTo("""
                started deploy-20261124T061000Z
                follow it: windlass run wait deploy-20261124T061000Z
                """);
    }

    @Test
    void twoWhoStartInTheSameSecondGetTwoRuns() {
        runs.taken.add("deploy-20261124T061000Z");

        assertThat(typed.type("deploy", "shop", "prod", "3f2c1ab")).isZero();

        assertThat(typed.out()).startsWith("started deploy-20261124T061001Z\n");
    }

    @Test
    void whoeverNeverGetsAnIdHearsOfIt() {
        for (int second = 0; second < 10; second++) {
            runs.taken.add("deploy-20261124T06100" + second + "Z");
        }

        assertThat(typed.type("deploy", "shop", "prod", "3f2c1ab")).isEqualTo(5);

        assertThat(typed.err()).isEqualTo("""
                error: run deploy-20261124T061004Z exists already
                hint: wait a second and start again, or follow that one: windlass run wait deploy-20261124T061004Z
                see: windlass help exit-codes
                """);
    }

    @ParameterizedTest
    @MethodSource("wrongWords")
    void whatNamesNothingIsRefusedBeforeAnythingStarts(List<String> words, String fact) {
        assertThat(typed.type(words.toArray(String[]::new))).isEqualTo(2);

        assertThat(typed.err()).startsWith("error: ").contains(fact, "\nhint: ", "see: windlass help exit-codes\n");
        assertThat(runs.calls).isEmpty();
    }

    static Stream<Arguments> wrongWords() {
        String latest = "version \"latest\" names something else every day; give a git SHA or a tag";
        return Stream.of(
                Arguments.of(List.of("deploy", "shop", "prod", "latest"), latest),
                Arguments.of(List.of("deploy", "shop", "prod", "LATEST"), "names something else every day"),
                Arguments.of(List.of("plan", "deploy", "shop", "prod", "latest"), latest),
                Arguments.of(List.of("rollback", "shop", "prod", "--to", "latest"), latest),
                Arguments.of(
                        List.of("deploy", "shop", "prod", "../x"), "version \"../x\" must be 1-64 letters, digits"),
                Arguments.of(List.of("deploy", "shop", "prod"), "missing required parameter: 'VERSION'"),
                Arguments.of(List.of("releases", "shop"), "missing required parameter: 'ENVIRONMENT'"));
    }

    @Test
    void aRollbackGoesToTheReleaseFromBefore() {
        runs.answers.put("ListReleases", releases(ReleaseList.State.SERVING, ReleaseList.State.BEFORE));

        assertThat(typed.type("rollback", "shop", "prod")).isZero();

        assertThat(runs.calls.getLast()).contains("version=9b1c0de").endsWith("(rollback shop prod 9b1c0de)");
        assertThat(typed.out()).startsWith("started rollback-20261124T061000Z\n");
    }

    @Test
    void aRollbackThatWasNotKeptEndsWithNineToo() {
        endsWith(
                "rollback",
                new DeployOutcome.RolledBack(
                        OLD, Optional.of(NEW), "ill", DIGEST, TOOK, List.of(), SchemaChange.none()));

        assertThat(typed.type("rollback", "shop", "prod", "--to", "9b1c0de", "--wait"))
                .isEqualTo(9);

        assertThat(typed.out()).contains("ROLLED BACK: version 9b1c0de", "serving: version 3f2c1ab");
    }

    @Test
    void aRollbackNeedsAReleaseFromBefore() {
        runs.answers.put("ListReleases", releases(ReleaseList.State.SERVING, ReleaseList.State.NEVER_KEPT));

        assertThat(typed.type("rollback", "shop", "prod")).isEqualTo(4);

        assertThat(typed.err()).isEqualTo("""
                error: shop prod has no release from before
                hint: see what there is: windlass releases shop prod
                see: windlass rollback --help
                """);
        assertThat(runs.calls).noneMatch(call -> call.startsWith("start"));
    }

    @Test
    void listsReleases() {
        runs.answers.put("ListReleases", releases(ReleaseList.State.SERVING, ReleaseList.State.BEFORE));

        assertThat(typed.type("releases", "shop", "prod")).isZero();

        assertThat(typed.out()).isEqualTo("""
                VERSION  CONTENT       STATE    DEPLOYED        SCHEMA           WHERE
                3f2c1ab  c0c0c0c0c0c0  serving  3 h 00 min ago  0007_add_colour  green, port 4102
                9b1c0de  4f4f4f4f4f4f  before   never
                """);
    }

    @Test
    void whatIsAcceptedByNameIsAPartOfWhatIsAskedAndSigned() {
        assertThat(typed.type("rollback", "shop", "prod", "--to", "9b1c0de", "--accept", "schema"))
                .isZero();

        assertThat(runs.calls.getLast()).contains("accepted=[schema]");
    }

    @Test
    void aDeployThatMigratesIsTheSameRunAskedForInOtherWords() {
        assertThat(typed.type("deploy", "shop", "prod", "3f2c1ab", "--migrate", "--accept", "ban-drop-column"))
                .isZero();

        assertThat(runs.calls.getLast())
                .startsWith("start Deploy ")
                .contains("accepted=[ban-drop-column]", "migrating=FIRST");
    }

    @Test
    void thePlanOfADeployThatMigratesIsARunSinceItRehearses() {
        Plan plan = Plan.of(
                "deploy",
                Sorted.of("app", "shop"),
                Sorted.of("left for a run of its own", "0008_drop"),
                Sorted.of(),
                List.of(Step.of(DeploySteps.PREPARE, "Unpack it", List.of())));
        MigratingDeployPlan planned = new MigratingDeployPlan(
                new DeployPlan(plan, NEW, Optional.of(OLD), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                List.of());
        runs.outcomes.put("plan-deploy-20261124T061000Z", () -> CompletableFuture.completedFuture(planned));

        assertThat(typed.type("plan", "deploy", "shop", "prod", "3f2c1ab", "--migrate"))
                .as(typed.err())
                .isZero();

        assertThat(runs.calls).anySatisfy(call -> assertThat(call).startsWith("start PlanOfMigratingDeploy "));
        assertThat(typed.out())
                .contains("== Plan of deploy, digest " + plan.digest().value().substring(3, 15), "0008_drop");
    }

    @Test
    void saysWhenNothingWasEverDeployed() {
        runs.answers.put("ListReleases", new ReleaseList(new AppName("shop"), new EnvironmentName("prod"), List.of()));

        assertThat(typed.type("releases", "shop", "prod")).isZero();

        assertThat(typed.out()).isEqualTo("nothing was ever deployed to shop prod\n");
    }

    @Test
    void printsThePlanWithStepsCommandsUndoAndDigest() {
        Effect.Sql turn = new Effect.Sql(Access.CHANGES, "shop", "SELECT turn()");
        Effect.Sql back = new Effect.Sql(Access.CHANGES, "shop", "SELECT turn_back()");
        Plan plan = Plan.of(
                "deploy",
                Sorted.of("app", "shop"),
                Sorted.of("serves now", "9b1c0de"),
                Sorted.of(),
                List.of(
                        Step.of(DeploySteps.PREPARE, "Unpack it", List.of(turn)),
                        Step.of(DeploySteps.SWITCH, "Point nginx at slot green", List.of(turn))
                                .withUndo(List.of(back))));
        runs.answers.put("PlanDeployRunbook", plan);

        assertThat(typed.type("plan", "deploy", "shop", "prod", "3f2c1ab")).isZero();

        assertThat(typed.out())
                .contains(
                        "== Plan of deploy, digest " + plan.digest().value().substring(3, 15) + "\n",
                        "Unpack it",
                        "Point nginx at slot green",
                        "SELECT turn()",
                        "SELECT turn_back()");
        assertThat(typed.out().lines().map(String::strip))
                .anyMatch(line -> line.matches("1 +prepare +Unpack it +changes"))
                .anyMatch(line -> line.matches("2 +switch +Point nginx at slot green +changes"));
        assertThat(runs.calls).singleElement().asString().startsWith("ask PlanDeployRunbook ");
    }

    @Test
    void showsTheAuditLogOfARun() {
        runs.answers.put(
                "ShowAudit",
                new AuditEntries(List.of(new AuditEntry(
                        7,
                        Sample.NOW,
                        AuditChain.BEGINNING,
                        new AuditEvent(
                                "e-7",
                                AuditEvent.Kind.STARTED,
                                "deploy-1",
                                "run-1",
                                "ana",
                                "deploy",
                                Sorted.of("version", "3f2c1ab"))))));

        assertThat(typed.type("audit", "show", "--run", "deploy-1", "--last", "20"))
                .isZero();

        assertThat(runs.calls).containsExactly("ask ShowAudit [AuditQuestion[last=20, run=Optional[deploy-1]]]");
        assertThat(typed.out()).contains("7", "started deploy", "ana", "deploy-1", "version=3f2c1ab");
    }

    private void endsWith(String word, DeployOutcome outcome) {
        runs.outcomes.put(word + "-20261124T061000Z", () -> CompletableFuture.completedFuture(outcome));
    }

    private static ReleaseList releases(ReleaseList.State first, ReleaseList.State second) {
        return new ReleaseList(
                new AppName("shop"),
                new EnvironmentName("prod"),
                List.of(
                        new ReleaseList.Entry(
                                NEW,
                                Optional.of(Sample.NOW.minus(Duration.ofHours(3))),
                                first,
                                "green, port 4102",
                                Optional.of(List.of(new AppliedMigration("0007_add_colour", "sha256:c0")))),
                        new ReleaseList.Entry(OLD, Optional.empty(), second, "", Optional.empty())));
    }
}
