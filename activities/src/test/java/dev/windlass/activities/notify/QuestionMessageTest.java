package dev.windlass.activities.notify;

import static dev.windlass.activities.notify.SampleQuestions.ANA;
import static dev.windlass.activities.notify.SampleQuestions.ASKED;
import static dev.windlass.activities.notify.SampleQuestions.BEN;
import static dev.windlass.activities.notify.SampleQuestions.by;
import static dev.windlass.activities.notify.SampleQuestions.deploy;
import static dev.windlass.activities.notify.SampleQuestions.question;
import static dev.windlass.activities.notify.SampleQuestions.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.util.json.GsonFactory;
import dev.windlass.activities.notify.QuestionMessage.Buttons;
import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionMessageTest {
    @Test
    void showsWhoAsksWhatIsDecidedAndUntilWhen() {
        String shown = shown(view(deploy(), QuestionState.WAITING), Buttons.SHOWN);

        assertThat(shown)
                .contains("🔐 Approve? deploy shop prod 3f2c1ab")
                .contains("*Asked by* <@U0ANA0001> (ana@laptop)")
                .contains("*To be answered by* <@U0BEN0001>")
                .contains("`0123456789ab`", "`v1:" + "0123456789abcdef".repeat(4) + "`")
                .contains("*git SHA*\\n`3f2c1ab`", "*image digest*\\n`sha256:" + "ab".repeat(32) + "`")
                .contains("*migrations*\\n`20261124_add_*index*`\\n`20261125_drop_'old'`")
                .contains("*newest proven backup*\\n`4 h 12 min &lt;old&gt;`")
                .contains("1. Start 3f2c1ab beside 9e8d7c6\\n2. Switch traffic")
                .contains("0 of 1 approved · expires <!date^"
                        + ASKED.plusSeconds(86_400).getEpochSecond() + "^{date_short_pretty} {time}|")
                .contains("\"action_id\":\"approve\"", "\"action_id\":\"reject\"", "\"action_id\":\"break-glass\"");
    }

    @Test
    void aButtonCarriesNothingButTheNameOfTheQuestion() {
        String shown = shown(view(deploy(), QuestionState.WAITING), Buttons.SHOWN);

        assertThat(shown.split("\"value\":\"", -1))
                .hasSize(4)
                .filteredOn(part -> !part.startsWith("["))
                .allMatch(part -> part.startsWith("deploy-3f9c12ab\""));
    }

    @Test
    void withoutButtonsItSaysWhatToType() {
        assertThat(shown(view(deploy(), QuestionState.WAITING), Buttons.LEFT_OUT))
                .doesNotContain("\"actions\"")
                .contains("answer on the command line: `windlass approve deploy-3f9c12ab`");
    }

    @Test
    void aParkedStepOffersRetrySkipAndAbort() {
        QuestionView parked =
                view(question(QuestionKind.PARKED_STEP, SampleQuestions.FACTS, List.of()), QuestionState.WAITING);

        assertThat(shown(parked, Buttons.SHOWN))
                .contains("⏸️ A step failed, what now? deploy shop prod 3f2c1ab")
                .contains("\"action_id\":\"retry\"", "\"action_id\":\"skip\"", "\"action_id\":\"abort\"")
                .contains("`windlass resume deploy/shop/prod`");
    }

    @Test
    void whoPressesSkipReadsWhatItMeansThere() {
        TreeMap<String, String> facts = new TreeMap<>(SampleQuestions.FACTS);
        facts.put(Parking.SKIP, "go on by plain Docker commands");

        assertThat(shown(
                        view(question(QuestionKind.PARKED_STEP, facts, List.of()), QuestionState.WAITING),
                        Buttons.SHOWN))
                .contains("digest 0123456789ab\\ngo on by plain Docker commands")
                .doesNotContain("The step counts as done");
    }

    @Test
    void aDecidedQuestionHasNoButtonsAndKeepsWhatWasDecidedOn() {
        String approved = shown(view(deploy(), QuestionState.APPROVED, by(BEN, Verdict.APPROVE, "")), Buttons.SHOWN);

        assertThat(approved)
                .contains("✅ Approved: deploy shop prod 3f2c1ab")
                .contains("approved by <@U0BEN0001> at <!date^"
                        + ASKED.plusSeconds(90).getEpochSecond() + "^")
                .contains("`0123456789ab`", "*git SHA*", "2. Switch traffic")
                .doesNotContain("\"actions\"", "To be answered by", "command line");
    }

    @Test
    void everyOtherEndIsToldInWords() {
        assertThat(shown(
                        view(deploy(), QuestionState.REJECTED, by(BEN, Verdict.REJECT, "not <today>\nplease")),
                        Buttons.SHOWN))
                .contains("⛔ Rejected:", "rejected by <@U0BEN0001>", ": not &lt;today&gt; / please");
        assertThat(shown(view(deploy(), QuestionState.EXPIRED), Buttons.SHOWN))
                .contains("⌛ Expired, nobody decided:", "the answer is no");
        assertThat(shown(view(deploy(), QuestionState.WITHDRAWN), Buttons.SHOWN))
                .contains("↩️ Withdrawn:", "the run that asked was cancelled");
        assertThat(shown(view(deploy(), QuestionState.VOID), Buttons.SHOWN))
                .contains("♻️ Void", "it is asked again")
                .doesNotContain("\"actions\"");
        assertThat(shown(
                        view(deploy(), QuestionState.APPROVED, by(ANA, Verdict.BREAK_GLASS, "site is down")),
                        Buttons.SHOWN))
                .contains("🚨 Break-glass:", "🚨 approved alone (break-glass) by <@U0ANA0001>", "site is down");
    }

    @Test
    void staysWithinSlacksLimitsHoweverMuchThereIsToSay() {
        TreeMap<String, String> facts = new TreeMap<>();
        IntStream.range(0, 200).forEach(i -> facts.put("fact " + i, "<&>`".repeat(3_000)));
        List<String> steps = IntStream.range(0, 900)
                .mapToObj(i -> "step " + i + " " + "&".repeat(900))
                .toList();
        QuestionView large = view(
                question(QuestionKind.APPROVAL, facts, steps),
                QuestionState.REJECTED,
                by(BEN, Verdict.REJECT, "&".repeat(1_000)));

        QuestionMessage message = QuestionMessage.of(large, SampleQuestions.WORDS, Optional.empty(), Buttons.SHOWN);

        assertThat(message.blocks()).hasSizeLessThanOrEqualTo(50);
        assertThat(message.text()).hasSizeLessThanOrEqualTo(4_000);
        assertThat(json(message)).contains("and 160 more", "more\"");
    }

    private static String shown(QuestionView view, Buttons buttons) {
        return json(QuestionMessage.of(view, SampleQuestions.WORDS, Optional.empty(), buttons));
    }

    /** As it goes over the wire. */
    private static String json(QuestionMessage message) {
        return GsonFactory.createSnakeCase()
                .newBuilder()
                .disableHtmlEscaping()
                .create()
                .toJson(message.blocks());
    }
}
