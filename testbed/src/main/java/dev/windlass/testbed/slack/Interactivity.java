package dev.windlass.testbed.slack;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How clicks reach the app.
 *
 * @param users the people of the workspace: id and name
 * @param requestUrl where clicks are posted to; without it they go through Socket Mode
 */
public record Interactivity(
        Map<String, String> users, String signingSecret, String appToken, Optional<URI> requestUrl, int socketPort) {
    public static final String TEAM = "T0TESTBED";
    public static final String APP = "A0TESTBED";
    static final Map<String, String> PEOPLE = new LinkedHashMap<>();

    static {
        PEOPLE.put("U0ANA0001", "Ana");
        PEOPLE.put("U0BEN0001", "Ben");
        PEOPLE.put("U0EVE0001", "Eve");
    }

    public Interactivity {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }

    public static Interactivity none() {
        return new Interactivity(PEOPLE, "testbed-signing-secret", "xapp-testbed", Optional.empty(), 0);
    }

    String nameOf(String user) {
        return users.getOrDefault(user, user);
    }
}
