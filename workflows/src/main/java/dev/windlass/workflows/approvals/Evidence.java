package dev.windlass.workflows.approvals;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.kernel.PersonName;
import java.time.Instant;

/** What proves who speaks. Without it nothing is decided, whoever reaches the Temporal port. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "evidence")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Evidence.SshSignature.class, name = "ssh"),
    @JsonSubTypes.Type(value = Evidence.SlackClick.class, name = "slack")
})
public sealed interface Evidence {
    /**
     * {@code ssh-keygen -Y sign -n windlass} over {@link SignedText}, by the key that ops.yml has for this person.
     *
     * @param at when it was signed; part of the signed text
     * @param signature armoured, as ssh-keygen writes it
     */
    record SshSignature(PersonName person, Instant at, String signature) implements Evidence {
        public SshSignature {
            if (signature.length() > 4_096) {
                throw new IllegalArgumentException(
                        "an SSH signature of " + signature.length() + " characters is too long");
            }
        }
    }

    /**
     * A click in Slack that a worker saw: through its own Socket Mode connection, or as a request whose signature it
     * verified. The ids are Slack's.
     *
     * @param messageTs the message that holds the button
     * @param actionTs the click
     * @param mac HMAC-SHA256 by the worker's own key over {@link SignedText}, in hex
     */
    record SlackClick(
            String team,
            String app,
            String channel,
            String user,
            String messageTs,
            String actionTs,
            Instant at,
            String mac)
            implements Evidence {}
}
