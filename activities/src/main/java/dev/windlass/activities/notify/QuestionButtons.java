package dev.windlass.activities.notify;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * The buttons under a question. Their value is the question's id and nothing else: whatever is decided on is looked up
 * where the question is kept. Limits:
 * https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object .
 */
final class QuestionButtons {
    private static final int TITLE = 100;
    private static final int TEXT = 300;

    private QuestionButtons() {}

    static ActionsBlock of(Question question) {
        List<BlockElement> buttons = switch (question.kind()) {
            case APPROVAL ->
                List.of(
                        confirmed(
                                question, Verdict.APPROVE, "Approve", "primary", "It runs as soon as enough approved."),
                        withReason(question, Verdict.REJECT, "Reject…"),
                        withReason(question, Verdict.BREAK_GLASS, "Break glass…"));
            case PARKED_STEP ->
                List.of(
                        confirmed(question, Verdict.RETRY, "Retry", "primary", "The step is tried again."),
                        confirmed(
                                question,
                                Verdict.SKIP,
                                "Skip",
                                "danger",
                                question.facts()
                                        .getOrDefault(
                                                Parking.SKIP,
                                                "The step counts as done. The run deviates from its plan, and says so.")),
                        confirmed(question, Verdict.ABORT, "Abort", "danger", "What was done is undone."));
            case REVIEW ->
                List.of(confirmed(
                        question, Verdict.CLOSE, "Reviewed, close", "primary", "You looked at what was done."));
        };
        return ActionsBlock.builder().blockId("answers").elements(buttons).build();
    }

    /** Also the verdict's name in the payload of a click. */
    static String actionOf(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ButtonElement confirmed(
            Question question, Verdict verdict, String label, String style, String consequence) {
        String text = question.subject() + "\ndigest " + question.digest().abbreviated() + "\n" + consequence;
        return button(question, verdict, label)
                .style(style)
                .confirm(ConfirmationDialogObject.builder()
                        .title(SlackText.plain(NoticeText.atMost(TITLE, label + "?")))
                        .text(SlackText.plain(NoticeText.atMost(TEXT, text)))
                        .confirm(SlackText.plain(label))
                        .deny(SlackText.plain("Not now"))
                        .build())
                .build();
    }

    /** A dialog asks for the reason: the dots say so. */
    private static ButtonElement withReason(Question question, Verdict verdict, String label) {
        return button(question, verdict, label).style("danger").build();
    }

    private static ButtonElement.ButtonElementBuilder button(Question question, Verdict verdict, String label) {
        return ButtonElement.builder()
                .actionId(actionOf(verdict))
                .text(SlackText.plain(label))
                .value(question.id().value());
    }
}
