package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.deploy.Web.Answer;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.PayloadJson;
import java.util.Optional;

/** Looks once whether what answers at an address is healthy. */
final class HealthLook {
    private static final int LONGEST_QUOTE = 100;

    private final Web web;
    private final Health health;
    private final String base;
    private final Optional<String> version;
    private boolean isQuoting = true;

    /** @param base what the paths of health stand behind, {@code http://127.0.0.1:4101} */
    HealthLook(Web web, Health health, String base, Version version) {
        this(web, health, base, Optional.of(version.value()));
    }

    /** @param version empty means that any will do */
    HealthLook(Web web, Health health, String base, Optional<String> version) {
        this.web = web;
        this.health = health;
        this.base = base;
        this.version = version;
    }

    void withoutQuotes() {
        isQuoting = false;
    }

    /** What is wrong, with its values; empty when nothing is. */
    Optional<String> problem() {
        String url = base + health.path();
        Optional<String> wrong = switch (web.get(url)) {
            case Answer.None none -> Optional.of(url + ": " + none.reason());
            case Answer.Given given -> wrongAnswer(url, given);
        };
        return wrong.isPresent() ? wrong : wrongVersion();
    }

    private Optional<String> wrongAnswer(String url, Answer.Given given) {
        if (given.status() != health.status()) {
            return Optional.of(url + ": status " + given.status() + ", wanted " + health.status());
        }
        return health.body()
                .filter(wanted -> !given.body().contains(wanted))
                .map(wanted -> url + ": \"" + wanted + "\" is not in the answer " + quoted(given.body()));
    }

    private Optional<String> wrongVersion() {
        String url = base + health.versionPath();
        return switch (web.get(url)) {
            case Answer.None none -> Optional.of(url + ": " + none.reason());
            case Answer.Given given -> {
                Optional<String> reported = versionIn(given);
                if (reported.isEmpty()) {
                    yield Optional.of(url + ": status " + given.status() + ", no version in "
                            + (isQuoting ? "" : "an answer ") + quoted(given.body()));
                }
                yield version.filter(wanted -> !wanted.equals(reported.get()))
                        .map(wanted -> url + ": version " + reported.get() + ", wanted " + wanted);
            }
        };
    }

    /** The answer alone, or its member {@code version}. */
    static Optional<String> versionIn(Answer.Given given) {
        if (given.status() != 200) {
            return Optional.empty();
        }
        String body = given.body().strip();
        if (body.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
            return Optional.of(body);
        }
        try {
            JsonNode json = PayloadJson.mapper().readTree(body);
            String text =
                    json.isTextual() ? json.asText() : json.path("version").asText("");
            return text.isEmpty() || text.length() > LONGEST_QUOTE ? Optional.empty() : Optional.of(text);
        } catch (JsonProcessingException neither) {
            return Optional.empty();
        }
    }

    private String quoted(String body) {
        if (!isQuoting) {
            return "of " + body.length() + " characters";
        }
        String line = body.strip().replaceAll("\\p{Cntrl}+", " ");
        return "\"" + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line) + "\"";
    }
}
