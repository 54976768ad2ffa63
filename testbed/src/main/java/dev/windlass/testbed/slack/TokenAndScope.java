package dev.windlass.testbed.slack;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * not_authed, invalid_auth, missing_scope with needed and provided: https://docs.slack.dev/reference/methods/auth.test
 * and https://docs.slack.dev/reference/methods/chat.postMessage .
 */
final class TokenAndScope implements SlackRule {
    private static final Map<String, String> NEEDED = Map.of(
            "chat.postMessage",
            "chat:write",
            "chat.postEphemeral",
            "chat:write",
            "chat.update",
            "chat:write",
            "conversations.history",
            "channels:history");

    /** The one method for app-level tokens: https://docs.slack.dev/reference/methods/apps.connections.open . */
    private static final String OF_THE_APP = "apps.connections.open";

    private final String token;
    private final String appToken;
    private final Set<String> scopes;

    TokenAndScope(String token, String appToken, Set<String> scopes) {
        this.token = token;
        this.appToken = appToken;
        this.scopes = Set.copyOf(scopes);
    }

    @Override
    public Optional<SlackError> judge(SlackCall call) {
        if (call.token().isEmpty()) {
            return Optional.of(SlackError.of("not_authed"));
        }
        boolean ofTheApp = call.method().equals(OF_THE_APP);
        if (call.token().get().equals(ofTheApp ? token : appToken)) {
            return Optional.of(SlackError.of("not_allowed_token_type"));
        }
        if (!call.token().get().equals(ofTheApp ? appToken : token)) {
            return Optional.of(SlackError.of("invalid_auth"));
        }
        String needed = NEEDED.getOrDefault(call.method(), "");
        if (!needed.isEmpty() && !scopes.contains(needed)) {
            Map<String, String> fields = Map.of("needed", needed, "provided", String.join(",", new TreeSet<>(scopes)));
            return Optional.of(new SlackError("missing_scope", fields, java.util.List.of()));
        }
        return Optional.empty();
    }
}
