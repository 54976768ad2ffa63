package dev.windlass.worker.slack;

import dev.windlass.activities.approvals.ClickMac;
import dev.windlass.activities.notify.SlackReplies;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Evidence.SlackClick;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PayloadJson;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One click, whichever door it came through: who and where by ids, then the worker's own signature under it, then the
 * question's Update. Slack is told yes only when that is durable.
 */
final class ClickHandler {
    /** Slack gives up after three seconds. */
    static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final Logger LOG = LoggerFactory.getLogger(ClickHandler.class);
    private static final String AGAIN =
            "Temporal does not answer. Look at the message: if it has not changed in a minute, press again.";

    private final Notifications.Slack slack;
    private final Notifications.Buttons buttons;
    private final Supplier<Operations> today;
    private final Decisions decisions;
    private final ClickMac mac;
    private final SlackReplies replies;
    private final DoorAudit audit;
    private final Clock clock;

    ClickHandler(
            Notifications.Slack slack,
            Notifications.Buttons buttons,
            Supplier<Operations> today,
            Decisions decisions,
            ClickMac mac,
            SlackReplies replies,
            DoorAudit audit,
            Clock clock) {
        this.slack = slack;
        this.buttons = buttons;
        this.today = today;
        this.decisions = decisions;
        this.mac = mac;
        this.replies = replies;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param door for the audit log */
    Reply handle(String json, String door) {
        return switch (ClickReading.of(json)) {
            case ClickReading.Unreadable unreadable -> {
                audit.unsigned(door, Refusal.MALFORMED, unreadable.why());
                yield new Reply.NotTaken(400);
            }
            case ClickReading.Clicked clicked -> handle(clicked.click(), door);
        };
    }

    private Reply handle(Click click, String door) {
        if (!click.team().equals(buttons.team()) || !click.app().equals(buttons.app())) {
            audit.refused(door, click, Refusal.OTHER_PLACE, "team " + click.team() + ", app " + click.app());
            return new Reply.NotTaken(403);
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                reply.complete(judge(click, door));
            } catch (RuntimeException failed) {
                reply.completeExceptionally(failed);
            }
        });
        try {
            return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            LOG.warn("a click in Slack was not decided: {}", Failure.messageOf(failed));
            return pressAgain(click, failed);
        } catch (TimeoutException slow) {
            LOG.warn("a click in Slack was not decided within {} ms", PATIENCE.toMillis());
            return pressAgain(click, slow);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Reply.NotTaken(503);
        }
    }

    private Reply judge(Click click, String door) {
        if (!click.channel().equals(slack.approvalsChannel())) {
            return refuse(click, door, Refusal.OTHER_PLACE, "channel " + click.channel());
        }
        boolean isSomebody = today.get().people().values().stream()
                .map(Person::slack)
                .anyMatch(id -> id.filter(click.user()::equals).isPresent());
        if (!isSomebody) {
            return refuse(click, door, Refusal.NOT_AN_APPROVER, "ops.yml has nobody with this Slack id");
        }
        Optional<Verdict> verdict = verdictOf(click.action());
        Optional<ApprovalId> approval = approvalOf(click.approval());
        if (verdict.isEmpty() || approval.isEmpty()) {
            return refuse(click, door, Refusal.MALFORMED, "an unknown button");
        }
        Optional<QuestionView> view = decisions.view(approval.get());
        if (view.isEmpty()) {
            return refuse(click, door, Refusal.UNKNOWN_APPROVAL, "no question has this id");
        }
        boolean asksForReason = verdict.get() == Verdict.REJECT || verdict.get() == Verdict.BREAK_GLASS;
        if (asksForReason && click.reason().isEmpty() && view.get().state() == QuestionState.WAITING) {
            replies.askForReason(click.trigger(), dialog(click, verdict.get(), view.get()));
            return Reply.ACKNOWLEDGED;
        }
        return decide(click, view.get(), verdict.get());
    }

    private Reply decide(Click click, QuestionView view, Verdict verdict) {
        var id = view.question().id();
        var digest = view.question().digest();
        SlackClick unsigned = new SlackClick(
                click.team(),
                click.app(),
                click.channel(),
                click.user(),
                click.messageTs(),
                click.actionTs(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                "");
        SlackClick signed = new SlackClick(
                unsigned.team(),
                unsigned.app(),
                unsigned.channel(),
                unsigned.user(),
                unsigned.messageTs(),
                unsigned.actionTs(),
                unsigned.at(),
                mac.of(id, digest, verdict, click.reason(), unsigned));
        Decisions.Sent sent =
                decisions.send(new Decision(id, digest, verdict, click.reason(), signed), click.updateId());
        Thread.startVirtualThread(() -> tellWhenRefused(click, sent));
        return Reply.ACKNOWLEDGED;
    }

    /** An accepted answer is shown by the message itself. */
    private void tellWhenRefused(Click click, Decisions.Sent sent) {
        try {
            if (sent.answer() instanceof Answer.Refused refused) {
                tell(click, words(refused.refusal(), refused.detail()));
            }
        } catch (RuntimeException unchecked) {
            tell(click, "⚠️ Not counted: it could not be checked. " + Failure.messageOf(unchecked));
        }
    }

    private Reply refuse(Click click, String door, Refusal refusal, String detail) {
        audit.refused(door, click, refusal, detail);
        Thread.startVirtualThread(() -> tell(click, words(refusal, detail)));
        return Reply.ACKNOWLEDGED;
    }

    private static String words(Refusal refusal, String detail) {
        return "⛔ Not counted: " + refusal.words() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    private Reply pressAgain(Click click, Throwable why) {
        String words = Failure.in(why).map(Failure::fact).orElse(AGAIN);
        if (click.reason().isPresent()) {
            // In the dialog, where the reason still stands.
            return new Reply.Acknowledged(Optional.of(PayloadJson.canonical(
                    Map.of("response_action", "errors", "errors", Map.of(SlackReplies.BLOCK, words)))));
        }
        Thread.startVirtualThread(() -> tell(click, "⚠️ Not decided: " + words));
        return new Reply.NotTaken(503);
    }

    private void tell(Click click, String text) {
        try {
            replies.tell(click.channel(), click.user(), text);
        } catch (RuntimeException unreachable) {
            LOG.warn("{} was not told \"{}\": {}", click.user(), text, Failure.messageOf(unreachable));
        }
    }

    private static SlackReplies.Dialog dialog(Click click, Verdict verdict, QuestionView view) {
        return new SlackReplies.Dialog(
                verdict == Verdict.REJECT ? "Reject" : "Break the glass",
                view.question().subject() + "\ndigest "
                        + view.question().digest().abbreviated()
                        + (verdict == Verdict.REJECT
                                ? ""
                                : "\n\nYou approve alone. Everybody is told, and somebody else has to review it."),
                new ClickReading.Origin(
                                click.approval(), click.action(), click.channel(), click.messageTs(), click.actionTs())
                        .json());
    }

    private static Optional<Verdict> verdictOf(String action) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(action)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }

    private static Optional<ApprovalId> approvalOf(String value) {
        try {
            return Optional.of(new ApprovalId(value));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
