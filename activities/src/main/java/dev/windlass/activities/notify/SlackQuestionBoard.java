package dev.windlass.activities.notify;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import dev.windlass.activities.approvals.QuestionBoard;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.kernel.PersonName;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Questions in a Slack channel: one message each, posted once (found again by its metadata) and rewritten in place for
 * every later state.
 */
public final class SlackQuestionBoard implements QuestionBoard {
    /** The history is asked from a little earlier: Slack's clock is not this machine's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** All of it ends within the activity's minute, or this attempt could still post while the next one already looks. */
    private static final SlackNotices.Timing TIMING =
            new SlackNotices.Timing(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final Notifications.Slack settings;
    private final QuestionWords words;
    private final Secrets secrets;
    private final RunLinks links;
    private final SlackNotices.Timing timing;
    private final Clock clock;
    private final Slack slack;
    private final SlackAnswers answers;

    /** @param settings of {@code operations}; where and how questions are shown */
    public SlackQuestionBoard(Notifications.Slack settings, Operations operations, Secrets secrets, Clock clock) {
        this(
                settings,
                new QuestionWords(person -> slackIdOf(operations, person)),
                secrets,
                new RunLinks(
                        operations.notifications().temporalUi(),
                        operations.temporal().namespace()),
                TIMING,
                clock);
    }

    SlackQuestionBoard(
            Notifications.Slack settings,
            QuestionWords words,
            Secrets secrets,
            RunLinks links,
            SlackNotices.Timing timing,
            Clock clock) {
        this.settings = settings;
        this.words = words;
        this.secrets = secrets;
        this.links = links;
        this.timing = timing;
        this.clock = clock;
        this.slack = SlackClients.of(settings.api(), timing);
        this.answers = new SlackAnswers(settings, settings.approvalsChannel(), clock);
    }

    /** Somebody may have left ops.yml since. */
    private static Optional<String> slackIdOf(Operations operations, PersonName name) {
        return Optional.ofNullable(operations.people().get(name)).flatMap(Person::slack);
    }

    @Override
    public String name() {
        return SlackNotices.NAME;
    }

    // Safe to run twice: a message that stands is rewritten to the same words; before one is posted, the channel's
    // history is asked for the question's id.
    @Override
    public Optional<Posting> show(QuestionView view, Optional<Posting> posting) {
        Instant begun = clock.instant();
        MethodsClient client = slack.methods(SlackTokens.resolve(secrets, settings.token(), "the bot token (xoxb-…)"));
        Optional<Posting> standing = posting.isPresent() ? posting : find(client, view);
        if (standing.isPresent() && rewrite(client, view, standing.get())) {
            return standing;
        }
        // Deleted by somebody: asked again while an answer is needed, left alone afterwards.
        if (standing.isPresent() && !QuestionWords.isOpen(view)) {
            return Optional.empty();
        }
        Duration searched = Duration.between(begun, clock.instant());
        if (searched.compareTo(timing.searching()) > 0) {
            throw NotificationFailures.unavailable(
                    SlackNotices.NAME, "looking for an earlier post took " + searched.toSeconds() + " s", null);
        }
        return Optional.of(post(client, view));
    }

    private Optional<Posting> find(MethodsClient client, QuestionView view) {
        Instant oldest = view.askedAt().minus(CLOCKS_DIFFER);
        return new SlackHistory(client, answers, settings.approvalsChannel(), QuestionMessage.EVENT)
                .find(view.question().id().value(), oldest)
                .map(ts -> new Posting(name(), settings.approvalsChannel(), ts));
    }

    /** @return false when it stands there no more */
    private boolean rewrite(MethodsClient client, QuestionView view, Posting posting) {
        QuestionMessage message = message(view);
        try {
            answers.patiently(() -> client.chatUpdate(ChatUpdateRequest.builder()
                    .channel(posting.place())
                    .ts(posting.reference())
                    .text(message.text())
                    .blocks(message.blocks())
                    .metadata(message.metadata())
                    .build()));
            return true;
        } catch (ApplicationFailure refused) {
            if (SlackAnswers.isAbout(refused, "message_not_found")) {
                return false;
            }
            throw refused;
        }
    }

    private Posting post(MethodsClient client, QuestionView view) {
        QuestionMessage message = message(view);
        String ts = answers.patiently(() -> client.chatPostMessage(ChatPostMessageRequest.builder()
                        .channel(settings.approvalsChannel())
                        .text(message.text())
                        .blocks(message.blocks())
                        .metadata(message.metadata())
                        .unfurlLinks(false)
                        .unfurlMedia(false)
                        .build()))
                .getTs();
        return new Posting(name(), settings.approvalsChannel(), ts);
    }

    private QuestionMessage message(QuestionView view) {
        return QuestionMessage.of(
                view,
                words,
                links.to(view.question().workflowId(), view.question().runId()),
                settings.buttons().isPresent() ? QuestionMessage.Buttons.SHOWN : QuestionMessage.Buttons.LEFT_OUT);
    }
}
