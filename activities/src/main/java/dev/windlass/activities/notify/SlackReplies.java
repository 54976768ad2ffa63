package dev.windlass.activities.notify;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.apps.connections.AppsConnectionsOpenRequest;
import com.slack.api.methods.request.chat.ChatPostEphemeralRequest;
import com.slack.api.methods.request.views.ViewsOpenRequest;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What a click is answered with besides its acknowledgement. Every call fails as the notices do. */
public final class SlackReplies {
    /** The names under which the reason comes back: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload . */
    public static final String DIALOG = "windlass-reason";

    public static final String BLOCK = "reason";
    public static final String ACTION = "text";

    /** A trigger lives three seconds, and the click wants its acknowledgement in the same time. */
    private static final SlackNotices.Timing QUICK =
            new SlackNotices.Timing(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));

    /** https://docs.slack.dev/reference/views/modal-views */
    private static final int TITLE = 24;

    /**
     * @param title at most 24 characters are shown
     * @param subject what the reason is for
     * @param metadata comes back with the reason; at most 3000 characters
     */
    public record Dialog(String title, String subject, String metadata) {}

    private final Notifications.Slack settings;
    private final Secrets secrets;
    private final Slack slack;
    private final SlackAnswers answers;

    public SlackReplies(Notifications.Slack settings, Secrets secrets, Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.slack = SlackClients.of(settings.api(), QUICK);
        this.answers = new SlackAnswers(settings, settings.approvalsChannel(), clock);
    }

    /** Only this person sees it. */
    public void tell(String channel, String user, String text) {
        answers.take(() -> client().chatPostEphemeral(ChatPostEphemeralRequest.builder()
                .channel(channel)
                .user(user)
                .text(NoticeText.atMost(SlackText.TEXT, SlackText.escape(text)))
                .build()));
    }

    public void askForReason(String trigger, Dialog dialog) {
        String title = NoticeText.atMost(TITLE, dialog.title());
        View view = View.builder()
                .type("modal")
                .callbackId(DIALOG)
                .privateMetadata(dialog.metadata())
                .title(ViewTitle.builder().type("plain_text").text(title).build())
                .submit(ViewSubmit.builder().type("plain_text").text(title).build())
                .close(ViewClose.builder().type("plain_text").text("Cancel").build())
                .blocks(List.of(
                        SectionBlock.builder()
                                .text(SlackText.plain(NoticeText.atMost(SlackText.SECTION, dialog.subject())))
                                .build(),
                        InputBlock.builder()
                                .blockId(BLOCK)
                                .label(SlackText.plain("Why?"))
                                .hint(SlackText.plain("It stands in the message and in the audit log."))
                                .element(PlainTextInputElement.builder()
                                        .actionId(ACTION)
                                        .multiline(true)
                                        .minLength(3)
                                        .maxLength(Decision.LONGEST_REASON)
                                        .build())
                                .build()))
                .build();
        answers.take(() -> client().viewsOpen(
                        ViewsOpenRequest.builder().triggerId(trigger).view(view).build()));
    }

    /** A fresh address for one Socket Mode connection; it holds a ticket, so it is not logged. */
    public URI openSocket(SecretReference appToken) {
        String token = SlackTokens.resolve(secrets, appToken, "the app-level token (xapp-…)");
        try {
            return URI.create(answers.take(() -> slack.methods()
                            .appsConnectionsOpen(AppsConnectionsOpenRequest.builder()
                                    .token(token)
                                    .build()))
                    .getUrl());
        } catch (ApplicationFailure refused) {
            if (!refused.isNonRetryable()) {
                throw refused;
            }
            throw NotificationFailures.refused(
                    SlackNotices.NAME,
                    "a Socket Mode connection: "
                            + Failure.in(refused).map(Failure::fact).orElse(""),
                    "switch Socket Mode on, make an app-level token with the scope connections:write (Basic"
                            + " Information of the app) and put it into " + appToken,
                    // Its own message speaks of the bot token.
                    null);
        }
    }

    private MethodsClient client() {
        return slack.methods(SlackTokens.resolve(secrets, settings.token(), "the bot token (xoxb-…)"));
    }
}
