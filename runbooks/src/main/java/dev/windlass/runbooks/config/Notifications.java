package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;
import java.util.Optional;

/** @param temporalUi base URL of the Temporal UI, for links to a run */
public record Notifications(
        Optional<String> temporalUi, Optional<Slack> slack, Optional<Email> email, Optional<Webhook> webhook) {
    public static Notifications none() {
        return new Notifications(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param channel the channel's id (C…)
     * @param api base URL of the Web API; Slack's own unless ops.yml says otherwise
     * @param approvalsChannel where questions are asked; the id of a channel
     * @param buttons none: questions are shown, and answered on the command line
     */
    public record Slack(
            SecretReference token, String channel, String api, String approvalsChannel, Optional<Buttons> buttons) {
        public Slack(SecretReference token, String channel, String api) {
            this(token, channel, api, channel, Optional.empty());
        }
    }

    /**
     * What it takes to believe a click.
     *
     * @param team Slack's id of the workspace (T…)
     * @param app Slack's id of the app (A…)
     * @param appToken opens a Socket Mode connection from here to Slack
     * @param signingSecret proves that a request to this worker's web server comes from Slack
     */
    public record Buttons(
            String team, String app, Optional<SecretReference> appToken, Optional<SecretReference> signingSecret) {
        public Buttons {
            if (appToken.isEmpty() && signingSecret.isEmpty()) {
                throw new IllegalArgumentException("buttons need an app token or a signing secret");
            }
        }
    }

    public record Email(
            String host,
            int port,
            Encryption encryption,
            Optional<String> user,
            Optional<SecretReference> password,
            String from,
            List<String> to) {
        public enum Encryption {
            NONE,
            STARTTLS,
            TLS
        }

        public Email {
            to = List.copyOf(to);
        }
    }

    /** @param secret signs the body: header {@code Windlass-Signature: sha256=<hex HMAC>} */
    public record Webhook(String url, Optional<SecretReference> secret) {}
}
