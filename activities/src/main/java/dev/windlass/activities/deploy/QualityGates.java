package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Gates;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks GitHub whether the checks of a commit are green: <a
 * href="https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference">list check runs for a git
 * reference</a>. A check that is missing, running or red refuses the deploy; so does a GitHub that does not answer.
 */
final class QualityGates {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PAGE = 100;
    /** As GitHub counts them for required checks. */
    private static final Set<String> GREEN = Set.of("success", "neutral", "skipped");

    private final Secrets secrets;

    QualityGates(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Whoever approves should see that they were looked at, or that nobody asks for any. */
    static String words(Operations operations, AppName app, EnvironmentName environment) {
        return operations
                .app(app)
                .gates(environment)
                .map(gates -> "green in " + gates.repository())
                .orElse("none in ops.yml");
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION, NOT_FOUND (no such commit), CONFIGURATION (token) */
    void requireGreen(Gates gates, Version version, StepContext context) {
        Map<String, String> states = states(gates, version, context);
        List<String> wrong = new ArrayList<>();
        for (String check : gates.checks().isEmpty() ? List.copyOf(states.keySet()) : gates.checks()) {
            String state = states.getOrDefault(check, "missing");
            if (!GREEN.contains(state)) {
                wrong.add(check + " is " + state);
            }
        }
        if (states.isEmpty() && gates.checks().isEmpty()) {
            wrong.add("there is none");
        }
        if (!wrong.isEmpty()) {
            throw DeployFailures.failure(
                    FailureType.PRECONDITION,
                    "the checks of " + version + " in " + gates.repository() + " are not green: "
                            + String.join(", ", wrong),
                    "wait for them or mend the commit, then deploy again",
                    "gate-not-green");
        }
    }

    /** The newest run of each check: its conclusion, or its status while it has none. */
    private Map<String, String> states(Gates gates, Version version, StepContext context) {
        Map<String, String> states = new TreeMap<>();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int total = 1;
            for (int page = 1; (page - 1) * PAGE < total; page++) {
                JsonNode answer = ask(client, gates, version, page, context);
                total = answer.path("total_count").asInt();
                answer.path("check_runs")
                        .forEach(run -> states.put(
                                run.path("name").asText(),
                                run.path("conclusion").isTextual()
                                        ? run.path("conclusion").asText()
                                        : run.path("status").asText()));
            }
        }
        return states;
    }

    private JsonNode ask(HttpClient client, Gates gates, Version version, int page, StepContext context) {
        String url = gates.api() + "/repos/" + gates.repository() + "/commits/" + version
                + "/check-runs?filter=latest&per_page=" + PAGE + "&page=" + page;
        context.begun(new HttpCall(Access.READS, "GET", url, Optional.empty(), Optional.of(gates.token())));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("Authorization", "Bearer " + secrets.resolve(gates.token()))
                .GET()
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> PayloadJson.mapper().readTree(response.body());
                case 401, 403, 404, 422, 429 -> throw refused(gates, version, response);
                default -> throw unanswered(gates, "status " + response.statusCode());
            };
        } catch (JsonProcessingException garbled) {
            throw unanswered(gates, "no JSON");
        } catch (IOException broken) {
            throw unanswered(gates, String.valueOf(broken.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unanswered(gates, "interrupted");
        }
    }

    /** GitHub hides what a token may not see behind 404, and a commit it does not know behind 422. */
    private static RuntimeException refused(Gates gates, Version version, HttpResponse<String> response) {
        int status = response.statusCode();
        boolean limited = status == 429
                || response.headers()
                        .firstValue("x-ratelimit-remaining")
                        .filter("0"::equals)
                        .isPresent();
        if (limited) {
            return unanswered(gates, "its rate limit is used up");
        }
        if (status == 422) {
            return DeployFailures.failure(
                    FailureType.NOT_FOUND,
                    gates.repository() + " has no commit " + version,
                    "deploy a commit that was pushed; what was built must be named by its SHA",
                    "gate-not-green");
        }
        return DeployFailures.failure(
                FailureType.CONFIGURATION,
                "GitHub does not let the token " + gates.token() + " read the checks of " + gates.repository()
                        + " (status " + status + ")",
                "give it the permission to read checks of this repository, or correct the repository in ops.yml",
                "gate-refused");
    }

    private static RuntimeException unanswered(Gates gates, String why) {
        return DeployFailures.failure(
                FailureType.STORAGE_UNAVAILABLE,
                "GitHub at " + gates.api() + " does not say whether the checks are green: " + why,
                "deploy again when it answers; a version whose checks nobody knows is not deployed",
                "gate-unanswered");
    }
}
