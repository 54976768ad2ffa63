package dev.windlass.starter.approvals;

import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.PersonName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Questions for a person at a terminal. */
final class QuestionText {
    private QuestionText() {}

    static String table(List<QuestionView> views, Instant now) {
        if (views.isEmpty()) {
            return "nobody is asked anything";
        }
        Table table = new Table()
                .left("ID")
                .left("ENVIRONMENT")
                .left("WHAT")
                .left("ASKED BY")
                .right("SINCE")
                .right("EXPIRES")
                .left("APPROVED");
        views.forEach(view -> table.row(
                view.question().id().value(),
                view.question().policy().environment().value(),
                what(view.question()),
                asker(view.question()),
                Amounts.ago(view.askedAt(), now),
                expires(view, now),
                approved(view)));
        return table.toString();
    }

    /** Everything somebody has to know before they sign. */
    static String whole(QuestionView view, Instant now) {
        Question question = view.question();
        StringBuilder text = new StringBuilder();
        line(text, what(question));
        line(text, "  id          " + question.id());
        line(text, "  run         " + question.workflowId());
        line(text, "  asked by    " + asker(question) + ", " + Amounts.ago(view.askedAt(), now));
        line(text, "  state       " + state(view, now));
        line(text, "  digest      " + question.digest());
        question.facts().forEach((name, value) -> line(text, "  " + pad(name) + value));
        for (Answer.Accepted answer : view.answers()) {
            line(
                    text,
                    "  " + pad(answer.verdict().name().toLowerCase(java.util.Locale.ROOT)) + answer.person() + " at "
                            + answer.at().truncatedTo(ChronoUnit.SECONDS)
                            + answer.reason().map(reason -> ": " + reason).orElse(""));
        }
        if (!question.steps().isEmpty()) {
            line(text, "  steps");
            for (int i = 0; i < question.steps().size(); i++) {
                line(text, "    " + (i + 1) + ". " + question.steps().get(i));
            }
        }
        return text.toString();
    }

    private static String state(QuestionView view, Instant now) {
        if (view.state() != QuestionState.WAITING) {
            return view.state().name().toLowerCase(java.util.Locale.ROOT);
        }
        return switch (view.question().kind()) {
            case APPROVAL -> "waiting for " + view.question().policy().words() + ", ends in " + expires(view, now);
            case PARKED_STEP -> "waiting: retry, skip or abort? ends in " + expires(view, now);
            case REVIEW -> "waiting until somebody else closes it";
        };
    }

    private static String what(Question question) {
        return switch (question.kind()) {
            case APPROVAL -> question.subject();
            case PARKED_STEP -> "parked: " + question.subject();
            case REVIEW -> question.subject();
        };
    }

    private static String asker(Question question) {
        return question.requester().map(PersonName::value).orElse(question.requesterLabel());
    }

    private static String expires(QuestionView view, Instant now) {
        return view.question().kind() == QuestionKind.REVIEW
                ? "never"
                : Amounts.time(Duration.between(now, view.expiresAt()));
    }

    private static String approved(QuestionView view) {
        long approvals = view.answers().stream()
                .filter(answer -> answer.verdict() == Verdict.APPROVE)
                .count();
        return view.question().kind() == QuestionKind.APPROVAL
                ? approvals + " of " + view.question().policy().quorum()
                : "-";
    }

    private static String pad(String name) {
        return name.length() >= 12 ? name + "  " : (name + "            ").substring(0, 12);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
