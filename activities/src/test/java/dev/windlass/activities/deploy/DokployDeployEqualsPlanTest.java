package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployOutcome.Deployed;
import dev.windlass.workflows.deploy.DeployOutcome.RolledBack;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Deviation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole deploys through Dokploy do what their plan says, whatever fails, and whatever a person decides while it is away. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DokployDeployEqualsPlanTest {
    private final DokployShop shop;
    private final DokployRuns runs;

    DokployDeployEqualsPlanTest(@TempDir Path directory) throws IOException, InterruptedException {
        shop = new DokployShop(directory);
        runs = new DokployRuns(DokployShop.REQUEST, shop::parts, parts -> new DokployRuns.Planned(shop.plan()));
    }

    @BeforeEach
    void servesTheOldVersion() {
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());
    }

    @AfterEach
    void stop() throws IOException {
        runs.close();
        shop.close();
    }

    @Test
    void aDeployDoesWhatItsPlanSays() {
        assertThat(runs.deploy()).isInstanceOf(Deployed.class);

        PlanEquality equality = equality().deviating(DeploySteps.START_BY_DOCKER, Deviation.NOT_NEEDED);
        assertThat(equality.differences(runs.effects.all())).isEmpty();
        assertThat(equality.missing(runs.effects.all())).isEmpty();
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.NEW.reference());
        assertThat(runs.questions()).isZero();
    }

    static Stream<Arguments> whatStopsIt() {
        return Stream.of(
                arguments("the pull fails", DokployDeployEqualsPlanTest::failThePull, "cannot be pulled"),
                arguments(
                        "Dokploy's deployment ends in error",
                        shop -> shop.dokploy.control("/builds/fail"),
                        "ended as error: Error: build failed"),
                arguments(
                        "Swarm refuses, and Dokploy hides why",
                        shop -> shop.dokploy.control("/swarm/refuses"),
                        "Dokploy hides why the update failed"),
                arguments(
                        "Swarm takes it back after done",
                        shop -> shop.dokploy.control("/swarm/rolls-back"),
                        "Swarm took the update back"),
                arguments("the new version is ill", shop -> shop.ill.add("42"), "status 503, wanted 200"),
                arguments(
                        "the key is refused",
                        shop -> shop.dokploy.order("POST .*application.update", 1, "status 401"),
                        "Dokploy refuses: HTTP 401"));
    }

    /** And the image is not here: else what is here would be taken. */
    private static void failThePull(DokployShop shop) {
        shop.swarm.fail("pull");
        shop.swarm.fail("image");
    }

    private static Arguments arguments(String name, Consumer<DokployShop> fault, String reason) {
        return Arguments.of(name, fault, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatStopsIt")
    void goesBackAndSaysWhy(String name, Consumer<DokployShop> fault, String reason) {
        fault.accept(shop);

        assertThat(runs.deploy())
                .isInstanceOfSatisfying(
                        RolledBack.class, back -> assertThat(back.reason()).contains(reason));

        PlanEquality equality = equality().deviating(DeploySteps.START_BY_DOCKER, Deviation.NOT_NEEDED);
        assertThat(equality.differences(runs.effects.all())).isEmpty();
        requireTheOldVersion();
        assertThat(runs.questions()).isZero();
    }

    @Test
    void skipGoesOnByPlainDockerWhileDokployIsStopped() throws Exception {
        shop.dokploy.stop();
        runs.begin();
        Question question = runs.question();
        assertThat(question.subject()).contains("failed: Dokploy does not answer: ");
        assertThat(question.facts())
                .containsEntry(Parking.SKIP, "go on by plain Docker commands")
                .containsEntry("page", "runbooks/dokploy.md#unreachable");
        assertThat(question.steps()).anyMatch(step -> step.startsWith("Only where Dokploy does not answer"));
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());

        runs.answer(question, Verdict.SKIP);

        assertThat(runs.outcome()).isInstanceOf(Deployed.class);
        PlanEquality equality = equality().deviating(DeploySteps.START, Deviation.SKIPPED);
        assertThat(equality.differences(runs.effects.all())).isEmpty();
        assertThat(equality.missing(runs.effects.all())).isEmpty();
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.NEW.reference());
    }

    @Test
    void retryGoesOnWhenDokployIsBack() throws Exception {
        shop.dokploy.control("/queue/pause");
        runs.begin();
        runs.waitUntil(() -> shop.dokploy.control("/requests").contains("application.deploy"));
        shop.dokploy.stop();
        Question question = runs.question();
        shop.dokploy.startAgain(shop.swarm.image());

        runs.answer(question, Verdict.RETRY);

        assertThat(runs.outcome()).isInstanceOf(Deployed.class);
        PlanEquality equality = equality().deviating(DeploySteps.START_BY_DOCKER, Deviation.NOT_NEEDED);
        assertThat(equality.differences(runs.effects.all())).isEmpty();
        assertThat(equality.missing(runs.effects.all())).isEmpty();
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.NEW.reference());
    }

    @Test
    void abortLeavesTheOldVersionServing() throws Exception {
        shop.dokploy.control("/queue/pause");
        runs.begin();
        runs.waitUntil(() -> shop.dokploy.control("/requests").contains("application.deploy"));
        shop.dokploy.stop();
        Question start = runs.question();
        runs.answer(start, Verdict.ABORT);
        // Dokploy may have our deployment before it still: while it is away nobody can say that all is undone.
        Question undo = runs.questionAfter(start);
        assertThat(undo.subject()).startsWith("undoing: ").contains("Dokploy does not answer");
        shop.dokploy.startAgain(shop.swarm.image());

        runs.answer(undo, Verdict.RETRY);

        assertThat(runs.outcome())
                .isInstanceOfSatisfying(
                        RolledBack.class, back -> assertThat(back.reason()).startsWith("Dokploy does not answer: "));
        requireTheOldVersion();
        assertThat(shop.dokploy.application()).contains("\"dockerImage\":\"" + DokployBench.OLD.reference());
    }

    @Test
    void whatDockerDidIsUndoneByDockerAndDokployIsLookedAtAfterwards() throws Exception {
        shop.ill.add("42");
        shop.dokploy.order(".*", 0, "status 502");
        runs.begin();
        Question start = runs.question();
        runs.answer(start, Verdict.SKIP);
        Question undo = runs.questionAfter(start);
        assertThat(undo.subject()).startsWith("undoing: Let Dokploy update ");
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());
        shop.dokploy.mend();

        runs.answer(undo, Verdict.RETRY);

        DeployOutcome outcome = runs.outcome();
        assertThat(outcome).isInstanceOf(RolledBack.class);
        PlanEquality equality = equality().deviating(DeploySteps.START, Deviation.SKIPPED);
        assertThat(equality.differences(runs.effects.all())).isEmpty();
        assertThat(shop.swarm.typed())
                .filteredOn(line -> line.contains("service update"))
                .hasSize(2);
        requireTheOldVersion();
    }

    @Test
    void theKeyIsNeitherInPlanNorHistoryNorJournal() {
        assertThat(runs.deploy()).isInstanceOf(Deployed.class);
        assertThat(shop.plan().toString()).contains("env:DOKPLOY_KEY").doesNotContain("dokploy-testbed");
        assertThat(runs.history()).contains("env:DOKPLOY_KEY").doesNotContain("dokploy-testbed");
        assertThat(runs.effects.all().toString()).doesNotContain("dokploy-testbed");
    }

    private PlanEquality equality() {
        return new PlanEquality(shop.plan().plan(), Set.of("old-release"));
    }

    private void requireTheOldVersion() {
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());
        assertThat(shop.dokploy.swarm()).isPresent();
    }
}
