package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.PersonName;
import java.util.List;

/** A question as the Temporal UI shows it, in Markdown. */
final class QuestionDetails {
    private QuestionDetails() {}

    static String of(QuestionView view) {
        Question question = view.question();
        StringBuilder text = new StringBuilder();
        line(text, headline(view));
        line(text, "");
        line(text, "- run: `" + question.workflowId() + "`");
        line(text, "- asked by: " + question.requester().map(PersonName::value).orElse(question.requesterLabel()));
        line(text, "- digest: `" + question.digest().abbreviated() + "`");
        question.facts().forEach((name, value) -> line(text, "- " + name + ": " + value));
        view.answers().forEach(answer -> line(text, "- " + words(answer)));
        if (view.state() == QuestionState.WAITING) {
            line(text, "");
            line(text, howToAnswer(view));
        }
        if (!question.steps().isEmpty()) {
            line(text, "");
            question.steps().forEach(step -> line(text, "1. " + step));
        }
        return text.toString();
    }

    private static String headline(QuestionView view) {
        Question question = view.question();
        String what = switch (question.kind()) {
            case APPROVAL -> "May this run?";
            case PARKED_STEP -> "A step failed for good. What now?";
            case REVIEW -> "Somebody broke the glass. Has a second person looked at it?";
        };
        return "**" + question.subject() + "** · " + what + " · " + view.state();
    }

    private static String howToAnswer(QuestionView view) {
        Question question = view.question();
        return switch (question.kind()) {
            case APPROVAL ->
                "Waits for " + question.policy().words() + ", until " + view.expiresAt() + ". Answer in Slack, or:\n\n"
                        + code(List.of(
                                "windlass approve " + question.id(),
                                "windlass reject " + question.id() + " --reason …"));
            case PARKED_STEP ->
                "Waits for one of " + names(question) + " or who started it, until " + view.expiresAt()
                        + ". Answer in Slack, or:\n\n"
                        + code(List.of("windlass resume " + question.id() + " --retry|--skip|--abort"));
            case REVIEW ->
                "Waits for anybody else of ops.yml. Answer in Slack, or:\n\n"
                        + code(List.of("windlass review close " + question.id()));
        };
    }

    private static String words(Answer.Accepted answer) {
        return answer.verdict() + " by " + answer.person() + " at " + answer.at()
                + answer.reason()
                        .map(reason -> ": " + reason.replace('\n', ' '))
                        .orElse("");
    }

    private static String names(Question question) {
        return String.join(
                ", ",
                question.policy().approvers().stream().map(PersonName::value).toList());
    }

    private static String code(List<String> lines) {
        return "```\n" + String.join("\n", lines) + "\n```";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
