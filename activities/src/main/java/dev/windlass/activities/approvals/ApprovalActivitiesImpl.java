package dev.windlass.activities.approvals;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.runbooks.config.SshPublicKey;
import dev.windlass.workflows.approvals.ApprovalActivities;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence.SlackClick;
import dev.windlass.workflows.approvals.Evidence.SshSignature;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.ShowOrder;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.approvals.Verification;
import dev.windlass.workflows.approvals.Verification.Genuine;
import dev.windlass.workflows.approvals.Verification.Worthless;
import dev.windlass.workflows.approvals.VerifyOrder;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves answers and shows questions. */
public final class ApprovalActivitiesImpl implements ApprovalActivities {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalActivitiesImpl.class);

    /** Clocks of laptops differ; more than that is a recording. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Supplier<Operations> today;
    private final List<QuestionBoard> boards;
    private final SshSignatures signatures;
    private final ClickMac clicks;
    private final Clock clock;

    /**
     * @param today ops.yml as it is now
     * @param steps the context of the activity that is running
     */
    public ApprovalActivitiesImpl(
            Supplier<Operations> today,
            List<? extends QuestionBoard> boards,
            ClickMac clicks,
            Shell shell,
            Supplier<StepContext> steps,
            Clock clock) {
        this.today = today;
        this.boards = List.copyOf(boards);
        this.signatures = new SshSignatures(shell, steps);
        this.clicks = clicks;
        this.clock = clock;
    }

    // Safe to run twice: only looks.
    @Override
    public Verification verify(VerifyOrder order) {
        Operations now = today.get();
        Verification verification = switch (order.decision().evidence()) {
            case SshSignature signature -> verify(signature, order, now);
            case SlackClick click -> verify(click, order, now);
        };
        return verification instanceof Genuine genuine
                ? new Electorate(order.question(), now)
                        .refuse(genuine.person(), order.decision().verdict())
                        .<Verification>map(refused -> refused)
                        .orElse(genuine)
                : verification;
    }

    // Safe to run twice: a board looks for the question's id before it posts.
    @Override
    public List<Posting> show(ShowOrder order) {
        List<Posting> shown = new ArrayList<>();
        RuntimeException unreachable = null;
        for (QuestionBoard board : boards) {
            Optional<Posting> before = order.postings().stream()
                    .filter(posting -> posting.board().equals(board.name()))
                    .findFirst();
            try {
                board.show(order.view(), before).or(() -> before).ifPresent(shown::add);
            } catch (RuntimeException failed) {
                before.ifPresent(shown::add);
                unreachable = isForGood(failed, board) ? unreachable : failed;
            }
        }
        throwIfAny(unreachable);
        return shown;
    }

    private Verification verify(SshSignature signature, VerifyOrder order, Operations now) {
        Decision decision = order.decision();
        Person person = now.people().get(signature.person());
        if (person == null) {
            return new Electorate(order.question(), now).stranger(signature.person());
        }
        Optional<SshPublicKey> key = person.key();
        if (key.isEmpty()) {
            return new Worthless(Refusal.BAD_EVIDENCE, "ops.yml has no key of " + person.name());
        }
        String text = SignedText.ofDecision(
                decision.approval(), decision.digest(), decision.verdict(), decision.reason(), signature.at());
        if (!signatures.isGenuine(person, key.get(), text, signature.signature())) {
            return new Worthless(
                    Refusal.BAD_EVIDENCE,
                    "ssh-keygen does not find " + person.name() + "'s signature under this answer");
        }
        return fresh(signature.at(), person.name());
    }

    private Verification verify(SlackClick click, VerifyOrder order, Operations now) {
        if (!clicks.isGenuine(order.decision(), click)) {
            return new Worthless(Refusal.BAD_EVIDENCE, "no worker here has seen this click");
        }
        Optional<String> otherPlace = otherPlace(click, now);
        if (otherPlace.isPresent()) {
            return new Worthless(Refusal.OTHER_PLACE, otherPlace.get());
        }
        Optional<Posting> posting = order.postings().stream()
                .filter(each -> each.board().equals("slack"))
                .findFirst();
        if (posting.isEmpty()) {
            return new Worthless(Refusal.NOT_ASKED_YET, "no message of this question is known yet; press again");
        }
        if (!posting.get().place().equals(click.channel())
                || !posting.get().reference().equals(click.messageTs())) {
            return new Worthless(
                    Refusal.OTHER_PLACE,
                    "message " + click.messageTs() + " in " + click.channel() + " is not where it was asked");
        }
        Optional<PersonName> person = now.people().values().stream()
                .filter(each -> each.slack().filter(click.user()::equals).isPresent())
                .map(Person::name)
                .findFirst();
        return person.isEmpty()
                ? new Worthless(Refusal.NOT_AN_APPROVER, "ops.yml has nobody with the Slack id " + click.user())
                : fresh(click.at(), person.get());
    }

    private static Optional<String> otherPlace(SlackClick click, Operations now) {
        Optional<Notifications.Buttons> buttons = now.notifications().slack().flatMap(Notifications.Slack::buttons);
        if (buttons.isEmpty()) {
            return Optional.of("ops.yml has no buttons in Slack");
        }
        if (!buttons.get().team().equals(click.team())) {
            return Optional.of("workspace " + click.team() + " is not the one of ops.yml");
        }
        return buttons.get().app().equals(click.app())
                ? Optional.empty()
                : Optional.of("app " + click.app() + " is not the one of ops.yml");
    }

    private Verification fresh(Instant at, PersonName person) {
        Duration off = Duration.between(at, clock.instant());
        if (off.abs().compareTo(FRESH) > 0) {
            return new Worthless(
                    Refusal.STALE,
                    "it is from " + at + ", " + Quantities.time(off.abs()) + (off.isNegative() ? " ahead" : " ago"));
        }
        return new Genuine(person);
    }

    /** A revoked token or a missing channel is not waited for: the command line still works. */
    private static boolean isForGood(RuntimeException failed, QuestionBoard board) {
        boolean forGood = failed instanceof ApplicationFailure failure && failure.isNonRetryable();
        LOG.warn("{} does not show the question{}", board.name(), forGood ? " and will not" : " now", failed);
        return forGood;
    }

    private static void throwIfAny(@Nullable RuntimeException unreachable) {
        if (unreachable != null) {
            throw unreachable;
        }
    }
}
