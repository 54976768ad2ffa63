package dev.windlass.activities.notify;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.workflows.kernel.SecretReference;

/** Tokens as they can stand in a header. */
final class SlackTokens {
    private SlackTokens() {}

    /** @param wanted what belongs there: {@code the bot token (xoxb-…)} */
    static String resolve(Secrets secrets, SecretReference reference, String wanted) {
        String token = secrets.resolve(reference);
        // Anything else cannot stand in a header, and the refusal of the HTTP client could quote it.
        if (!token.matches("[!-~]+")) {
            throw NotificationFailures.refused(
                    SlackNotices.NAME,
                    "the token in " + reference + " has characters that no token has",
                    "put " + wanted + " there, on one line",
                    null);
        }
        return token;
    }
}
