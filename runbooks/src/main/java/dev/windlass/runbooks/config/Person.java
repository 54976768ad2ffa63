package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.PersonName;
import java.util.Optional;

/**
 * Somebody who asks or decides; has at least one way to prove it.
 *
 * @param slack Slack's id of the person, {@code U…}
 * @param key what the person signs with on the command line
 */
public record Person(PersonName name, Optional<String> slack, Optional<SshPublicKey> key) {
    public Person {
        if (slack.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException("person " + name + " has neither a Slack id nor a key");
        }
    }
}
