package dev.windlass.activities.notify;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.workflows.kernel.Failure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From what Slack answers to what a person reads. Errors:
 * https://docs.slack.dev/reference/methods/chat.postMessage and …/conversations.history .
 */
final class SlackAnswers {
    /** "Something went wrong on our end", in Slack's several words. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "message_limit_exceeded",
            "request_timeout",
            "service_unavailable",
            "fatal_error",
            "internal_error",
            "team_added_to_org");

    private static final int TRIES = 3;
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Notifications.Slack settings;
    private final String channel;
    private final Clock clock;

    /** @param channel what is called is about it */
    SlackAnswers(Notifications.Slack settings, String channel, Clock clock) {
        this.settings = settings;
        this.channel = channel;
        this.clock = clock;
    }

    @FunctionalInterface
    interface Call<R> {
        R run() throws IOException, SlackApiException;
    }

    <R extends SlackApiTextResponse> R take(Call<R> call) {
        R answer;
        try {
            answer = call.run();
        } catch (SlackApiException refused) {
            throw translate(refused);
        } catch (IOException unreachable) {
            throw NotificationFailures.unavailable(SlackNotices.NAME, Failure.messageOf(unreachable), unreachable);
        }
        if (!answer.isOk()) {
            throw said(answer.getError(), answer.getNeeded());
        }
        return answer;
    }

    /** Waits out what Slack asks for, where that is short: people are looking at the message. */
    <R extends SlackApiTextResponse> R patiently(Call<R> call) {
        for (int left = TRIES; ; left--) {
            try {
                return take(call);
            } catch (ApplicationFailure limited) {
                Duration wait = limited.getNextRetryDelay();
                if (wait == null || wait.compareTo(SHORT) > 0 || left <= 1) {
                    throw limited;
                }
                sleep(wait);
            }
        }
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw NotificationFailures.unavailable(SlackNotices.NAME, "stopped while waiting for Slack", stopping);
        }
    }

    static boolean isAbout(ApplicationFailure refused, String code) {
        return Failure.in(refused)
                .filter(failure -> failure.fact().contains(": " + code + " for channel"))
                .isPresent();
    }

    /** HTTP errors, and what is not Slack's JSON. */
    private ApplicationFailure translate(SlackApiException thrown) {
        int status = thrown.getResponse().code();
        String error = thrown.getError() == null ? null : thrown.getError().getError();
        String fact = "HTTP " + status + (error == null ? "" : " " + error);
        if (status == 429) {
            String header = thrown.getResponse().header("Retry-After", "");
            Optional<Duration> wait = RetryAfter.read(header == null ? "" : header, clock);
            return NotificationFailures.unavailable(SlackNotices.NAME, fact, wait, null);
        }
        if (status >= 500 || status == 408) {
            return NotificationFailures.unavailable(SlackNotices.NAME, fact, null);
        }
        if (status < 300) {
            return NotificationFailures.unavailable(SlackNotices.NAME, "the answer is not Slack's JSON", null);
        }
        return error == null
                ? NotificationFailures.refused(
                        SlackNotices.NAME,
                        fact,
                        "correct notifications.slack.api in ops.yml; Slack's is https://slack.com/api/",
                        null)
                : said(error, thrown.getError().getNeeded());
    }

    private ApplicationFailure said(@Nullable String error, @Nullable String needed) {
        String code = error == null ? "no error code" : error;
        if (PASSING.contains(code)) {
            return NotificationFailures.unavailable(SlackNotices.NAME, code, null);
        }
        return NotificationFailures.refused(
                SlackNotices.NAME, code + " for channel " + channel, hint(code, needed), null);
    }

    private String hint(String code, @Nullable String needed) {
        return switch (code) {
            case "invalid_auth",
                    "not_authed",
                    "account_inactive",
                    "token_revoked",
                    "token_expired",
                    "not_allowed_token_type" ->
                "install the app in Slack again (api.slack.com/apps, Install App) and put its bot token into "
                        + settings.token();
            case "channel_not_found" ->
                "copy the channel's id from the end of its details into notifications.slack.channel of ops.yml;"
                        + " to a private channel invite the app first";
            case "not_in_channel" -> "invite the app: write /invite @ and its name in that channel";
            case "is_archived" -> "unarchive that channel, or name another in notifications.slack.channel of ops.yml";
            case "missing_scope" ->
                "add the scope " + (needed == null ? "it needs" : needed)
                        + " under OAuth & Permissions of the app (groups:history for a private channel), then"
                        + " install it again";
            default -> "look for that code on docs.slack.dev/reference/methods/chat.postMessage";
        };
    }
}
