package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassifyCommandTest {
    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    @Test
    void printsTheProposalAndHowMuchOfItIsGuessed() {
        runs.answers.put("Classify", new ClassifyAnswer("version: 1\n", 3, List.of(), Optional.empty()));

        assertThat(typed.type("classify", "shop")).as(typed.err()).isZero();

        assertThat(typed.out()).isEqualTo("version: 1\n");
        assertThat(typed.err()).isEqualTo("3 columns are guesses: look at each, and remove guess: true\n");
    }

    @Test
    void checkEndsWithThreeWhereSomethingStandsInTheWay() {
        runs.answers.put(
                "Classify",
                new ClassifyAnswer(
                        "version: 1\n", 0, List.of("app.users.x: is new\n  hint: classify it"), Optional.empty()));

        assertThat(typed.type("classify", "shop", "--check")).isEqualTo(3);

        assertThat(typed.out()).isEqualTo("app.users.x: is new\n  hint: classify it\n1 finding\n");

        runs.answers.put("Classify", new ClassifyAnswer("version: 1\n", 0, List.of(), Optional.empty()));
        assertThat(typed.type("classify", "shop", "--check")).isZero();
        assertThat(typed.out()).endsWith("nothing stands in the way\n");
    }

    @Test
    void viewsAreAScriptForPsqlOrAWordWhyThereIsNone() {
        runs.answers.put(
                "Classify", new ClassifyAnswer("version: 1\n", 0, List.of(), Optional.of("BEGIN;\nCOMMIT;\n")));
        assertThat(typed.type("classify", "shop", "--views")).as(typed.err()).isZero();
        assertThat(typed.out()).isEqualTo("BEGIN;\nCOMMIT;\n");

        runs.answers.put("Classify", new ClassifyAnswer("version: 1\n", 0, List.of("x: is new"), Optional.empty()));
        assertThat(typed.type("classify", "shop", "--views")).isEqualTo(3);
        assertThat(typed.err())
                .isEqualTo("x: is new\n"
                        + "error: there are no masked views of shop to make\n"
                        + "hint: name staging_sync.reader in ops.yml and restart the worker; then windlass classify shop"
                        + " --check until nothing stands in the way\n"
                        + "see: runbooks/staging-sync.md#masked-views\n");
    }
}
