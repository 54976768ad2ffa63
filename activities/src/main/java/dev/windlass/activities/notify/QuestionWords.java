package dev.windlass.activities.notify;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.PersonName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a question stands, in words with Slack's markup. */
final class QuestionWords {
    private final Function<PersonName, Optional<String>> users;

    /** @param users Slack's id of a person, where ops.yml has one */
    QuestionWords(Function<PersonName, Optional<String>> users) {
        this.users = users;
    }

    /** Without markup. */
    static String headline(QuestionView view) {
        String asked = switch (view.question().kind()) {
            case APPROVAL -> "🔐 Approve?";
            case PARKED_STEP -> "⏸️ A step failed, what now?";
            case REVIEW -> "🧯 Break-glass, to be reviewed:";
        };
        String mark = switch (view.state()) {
            case WAITING -> asked;
            case APPROVED -> brokeTheGlass(view) ? "🚨 Break-glass:" : "✅ Approved:";
            case REJECTED -> "⛔ Rejected:";
            case EXPIRED -> "⌛ Expired, nobody decided:";
            case WITHDRAWN -> "↩️ Withdrawn:";
            case VOID -> "♻️ Void, what would run has changed:";
            case ANSWERED -> "✅ Answered:";
        };
        return mark + " " + view.question().subject();
    }

    private static boolean brokeTheGlass(QuestionView view) {
        return view.answers().stream().anyMatch(answer -> answer.verdict() == Verdict.BREAK_GLASS);
    }

    String asker(QuestionView view) {
        String label = SlackText.escape(view.question().requesterLabel());
        return view.question()
                .requester()
                .map(person -> mention(person) + " (" + label + ")")
                .orElse(label);
    }

    /** Who is called by name, since they can answer. Requesters look after their own parked run, and approve nothing. */
    String approvers(QuestionView view) {
        Optional<PersonName> left = view.question().kind() == QuestionKind.PARKED_STEP
                ? Optional.empty()
                : view.question().requester();
        return String.join(
                " ",
                view.question().policy().approvers().stream()
                        .filter(person -> left.filter(person::equals).isEmpty())
                        .map(this::mention)
                        .toList());
    }

    /** One line for each answer, then how it stands. */
    List<String> standing(QuestionView view) {
        List<String> lines = new ArrayList<>();
        view.answers().forEach(answer -> lines.add(answered(answer)));
        switch (view.state()) {
            case WAITING -> {
                String expires = "expires " + SlackText.time(view.expiresAt());
                switch (view.question().kind()) {
                    case APPROVAL ->
                        lines.add(view.answers().size() + " of "
                                + view.question().policy().quorum() + " approved · " + expires);
                    case PARKED_STEP -> lines.add(expires);
                    // A review stays open until somebody closes it.
                    case REVIEW -> {}
                }
            }
            case EXPIRED -> lines.add("expired at " + SlackText.time(view.expiresAt()) + ": the answer is no");
            case WITHDRAWN -> lines.add("the run that asked was cancelled");
            case VOID -> lines.add("what would run is no longer what was asked about; it is asked again");
            case APPROVED, REJECTED, ANSWERED -> {}
        }
        return lines;
    }

    private String answered(Answer.Accepted answer) {
        String done = switch (answer.verdict()) {
            case APPROVE -> "approved";
            case REJECT -> "rejected";
            case BREAK_GLASS -> "🚨 approved alone (break-glass)";
            case RETRY -> "retry, said";
            case SKIP -> "skip, said";
            case ABORT -> "abort, said";
            case CLOSE -> "reviewed and closed";
        };
        String by = answer.verdict() == Verdict.RETRY
                        || answer.verdict() == Verdict.SKIP
                        || answer.verdict() == Verdict.ABORT
                ? " "
                : " by ";
        String why = answer.reason()
                .map(reason -> ": " + SlackText.escape(SlackText.oneLine(reason)))
                .orElse("");
        return done + by + mention(answer.person()) + " at " + SlackText.time(answer.at()) + why;
    }

    private String mention(PersonName person) {
        return users.apply(person).map(id -> "<@" + id + ">").orElseGet(() -> SlackText.escape(person.value()));
    }

    /** For messages without buttons, and for people without Slack. */
    static String onTheCommandLine(QuestionView view) {
        String id = view.question().id().value();
        return switch (view.question().kind()) {
            case APPROVAL -> "`windlass approve " + id + "` or `windlass reject " + id + " --reason …`";
            case PARKED_STEP ->
                "`windlass resume " + SlackText.escape(view.question().workflowId())
                        + "` with `--retry`, `--skip` or `--abort`";
            case REVIEW -> "`windlass approvals` lists it, and how to close it";
        };
    }

    static boolean isOpen(QuestionView view) {
        return view.state() == QuestionState.WAITING;
    }
}
