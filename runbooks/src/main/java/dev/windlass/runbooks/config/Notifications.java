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
     */
    public record Slack(SecretReference token, String channel, String api) {}

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
