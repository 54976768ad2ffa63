package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifyCommandTest {
    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    @Test
    void printsTheProposalAndHowMuchOfItIsGuessed() {
        runs.answers.put("Classify", new ClassifyAnswer("version: 1\n", 3, List.of()));

        assertThat(typed.type("classify", "shop")).as(typed.err()).isZero();

        assertThat(typed.out()).isEqualTo("version: 1\n");
        assertThat(typed.err()).isEqualTo("3 columns are guesses: look at each, and remove guess: true\n");
    }

    @Test
    void checkEndsWithThreeWhereSomethingStandsInTheWay() {
        runs.answers.put(
                "Classify", new ClassifyAnswer("version: 1\n", 0, List.of("app.users.x: is new\n  hint: classify it")));

        assertThat(typed.type("classify", "shop", "--check")).isEqualTo(3);

        assertThat(typed.out()).isEqualTo("app.users.x: is new\n  hint: classify it\n1 finding\n");

        runs.answers.put("Classify", new ClassifyAnswer("version: 1\n", 0, List.of()));
        assertThat(typed.type("classify", "shop", "--check")).isZero();
        assertThat(typed.out()).endsWith("nothing stands in the way\n");
    }
}
