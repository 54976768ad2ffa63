package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real ssh-keygen and a home directory that has a key. */
class ApprovalCommandsTest {
    private static final String ID = "deploy-3f9c12ab";

    @TempDir
    Path home;

    private final FakeRuns runs = new FakeRuns();

    @BeforeEach
    void makeAKeyAndAnOpsFile() throws IOException, InterruptedException {
        Path ssh = Files.createDirectories(home.resolve(".ssh"));
        int exit = new ProcessBuilder(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        ssh.resolve("id_ed25519").toString())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        Files.writeString(home.resolve("ops.yml"), """
                version: 1
                team: Example
                databases:
                  shop: {}
                backup:
                  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
                people:
                  ana: {key: %s}
                """.formatted(
                        Files.readString(ssh.resolve("id_ed25519.pub")).strip()));
        runs.questions.open.add(view(ID, QuestionKind.APPROVAL));
        runs.questions.open.add(view("park-00c0ffee", QuestionKind.PARKED_STEP));
    }

    @Test
    void listsWhatWaits() {
        Typed typed = typed();

        assertThat(typed.type("approvals")).isZero();

        assertThat(typed.out()).contains("deploy-3f9c12ab", "0 of 2", "parked: deploy shop prod 3f2c1ab");
    }

    @Test
    void approvesWithTheKeyThatOpsYmlKnows() {
        Typed typed = typed();

        assertThat(typed.type("approve", ID)).as(typed.err()).isZero();

        assertThat(typed.err()).contains("digest      v1:3f3f", "image       sha256:0123", "1. switch traffic");
        assertThat(typed.out()).isEqualTo("ana answered deploy-3f9c12ab: approve\n");
        assertThat(runs.questions.decisions).singleElement().satisfies(decision -> {
            assertThat(decision.verdict()).isEqualTo(Verdict.APPROVE);
            assertThat(((Evidence.SshSignature) decision.evidence()).signature())
                    .startsWith("-----BEGIN SSH SIGNATURE-----");
        });
    }

    @Test
    void aRefusalIsToldAndEndsWithThree() {
        runs.questions.refusal = Optional.of(new Answer.Refused(Refusal.OWN_REQUEST, "ana asked for it"));
        Typed typed = typed();

        assertThat(typed.type("approve", ID)).isEqualTo(3);

        assertThat(typed.err()).endsWith("""
                error: deploy-3f9c12ab did not take this answer: nobody decides on their own request (ana asked for it)
                hint: look at it: windlass approvals show deploy-3f9c12ab
                see: runbooks/approvals.md#refused
                """);
    }

    @Test
    void anUnknownQuestionIsWrittenDown() {
        Typed typed = typed();

        assertThat(typed.type("reject", "deploy-00000000", "--reason", "no")).isEqualTo(4);

        assertThat(runs.questions.refused).containsExactly("deploy-00000000 UNKNOWN_APPROVAL");
        assertThat(runs.questions.decisions).isEmpty();
    }

    @Test
    void aKeyThatIsNobodysSignsNothing() throws IOException {
        Files.writeString(
                home.resolve("ops.yml"),
                Files.readString(home.resolve("ops.yml")).replaceAll("people:\n.*\n", ""));
        Typed typed = typed();

        assertThat(typed.type("approve", ID)).isEqualTo(3);

        assertThat(typed.err()).contains("error: no key of ops.yml's people is in the SSH agent or in ~/.ssh\n");
        assertThat(runs.questions.decisions).isEmpty();
    }

    @Test
    void breakingTheGlassNeedsAReason() {
        Typed typed = typed();

        assertThat(typed.type("approve", ID, "--break-glass")).isEqualTo(2);
        assertThat(typed().type("approve", ID, "--break-glass", "--reason", "shop is down"))
                .isZero();

        assertThat(runs.questions.decisions)
                .singleElement()
                .satisfies(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.BREAK_GLASS));
    }

    @Test
    void aParkedRunIsResumedByItsOwnName() {
        assertThat(typed().type("resume", "deploy-1", "--skip")).isZero();

        assertThat(runs.questions.decisions).singleElement().satisfies(decision -> {
            assertThat(decision.approval()).isEqualTo(new ApprovalId("park-00c0ffee"));
            assertThat(decision.verdict()).isEqualTo(Verdict.SKIP);
        });
    }

    private Typed typed() {
        return new Typed(runs, home, Map.of("HOME", home.toString()));
    }

    private static QuestionView view(String id, QuestionKind kind) {
        return new QuestionView(
                new Question(
                        new ApprovalId(id),
                        kind,
                        "deploy",
                        "deploy-1",
                        "run-1",
                        Optional.of(new PersonName("chris")),
                        "chris",
                        "deploy shop prod 3f2c1ab",
                        new PlanDigest("v1:" + "3f".repeat(32)),
                        Sorted.of("image", "sha256:0123"),
                        List.of("switch traffic"),
                        new ApprovalPolicy(
                                new EnvironmentName("prod"),
                                List.of(new PersonName("ana"), new PersonName("ben")),
                                2,
                                Duration.ofHours(24))),
                QuestionState.WAITING,
                Sample.NOW.minusSeconds(60),
                Sample.NOW.plus(Duration.ofHours(23)),
                List.of());
    }
}
