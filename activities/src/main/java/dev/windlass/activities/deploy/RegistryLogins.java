package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Target.RegistryLogin;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a registry that asks who is there. */
record RegistryLogins(HttpClient client, Optional<RegistryLogin> login, Secrets secrets) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=\"([^\"]*)\"");

    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /**
     * @param challenge of WWW-Authenticate
     * @return for Authorization; empty where there is nothing to answer with
     * @throws RefusedException when the login is not accepted, or would go where it could be read
     */
    Optional<String> answer(String challenge, RegistryAddress registry) throws IOException, InterruptedException {
        String kind = challenge.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "basic" -> login.map(this::basic);
            case "bearer" -> Optional.of("Bearer " + token(parameters(challenge), registry));
            default -> throw new RefusedException("it asks for a login of kind " + kind);
        };
    }

    /** With nobody's name where there is no login: public images are read with such a token as well. */
    private String token(Map<String, String> challenge, RegistryAddress registry)
            throws IOException, InterruptedException {
        URI realm = realm(challenge.getOrDefault("realm", ""), registry);
        List<String> query = new ArrayList<>();
        for (String name : List.of("service", "scope")) {
            if (challenge.containsKey(name)) {
                query.add(name + "=" + URLEncoder.encode(challenge.get(name), StandardCharsets.UTF_8));
            }
        }
        String url = realm + (realm.getRawQuery() == null ? "?" : "&") + String.join("&", query);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET();
        login.ifPresent(known -> request.header("Authorization", basic(known)));
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 500 || response.statusCode() == 429) {
            throw new IOException(
                    "HTTP " + response.statusCode() + " of " + realm.getHost() + ", which gives its tokens");
        }
        if (response.statusCode() != 200) {
            throw new RefusedException("HTTP " + response.statusCode() + " of " + realm.getHost()
                    + ", which gives its tokens"
                    + login.map(known -> ", for user " + known.user()).orElse(", asked without a login"));
        }
        return tokenIn(response.body());
    }

    private static String tokenIn(String body) throws IOException {
        try {
            JsonNode json = PayloadJson.mapper().readTree(body);
            String token = json.path("token").asText(json.path("access_token").asText(""));
            if (!token.matches("[\\x21-\\x7e]+")) {
                throw new RefusedException("it was to give a token and gave none");
            }
            return token;
        } catch (JsonProcessingException garbled) {
            throw new RefusedException("it was to give a token and gave no JSON");
        }
    }

    /** The registry names it, so it is looked at before a password goes there. */
    private static URI realm(String text, RegistryAddress registry) throws RefusedException {
        try {
            URI realm = URI.create(text);
            boolean isPrivate = "https".equals(realm.getScheme())
                    || "http".equals(realm.getScheme())
                            && registry.isHere()
                            && RegistryAddress.isThisMachine(String.valueOf(realm.getHost()));
            if (isPrivate && realm.getHost() != null) {
                return realm;
            }
        } catch (IllegalArgumentException noUri) {
            // Said below.
        }
        throw new RefusedException("it sends logins to an address that is not https");
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(challenge);
        while (parameter.find()) {
            parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), parameter.group(2));
        }
        return parameters;
    }

    private String basic(RegistryLogin known) {
        String words = known.user() + ":" + secrets.resolve(known.secret());
        return "Basic " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }
}
