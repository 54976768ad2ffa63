package dev.windlass.activities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.runbooks.deploy.DokployCalls;
import java.util.Optional;

/** Where the deployment with our title is. */
sealed interface DokploySighting {
    /** Waits or is worked on. */
    record Underway(String words) implements DokploySighting {}

    record Ended(String id, String status, String error) implements DokploySighting {}

    /** Neither queued nor in the history: never asked for, or forgotten by a restart. */
    record Nowhere() implements DokploySighting {}

    record Unknown(Answer.None none) implements DokploySighting {}

    record Refused(int status, String message) implements DokploySighting {}

    /**
     * First the queue, then the history: a job stays queued until its deployment has ended, so that it cannot slip
     * through between the two.
     */
    static DokploySighting look(DokployCalls calls, DokployApi api, String title) {
        return switch (api.call(calls.queue())) {
            case Answer.None none -> new Unknown(none);
            case Answer.Refused refused -> new Refused(refused.status(), refused.message());
            case Answer.Given queue -> {
                Optional<DokploySighting> queued = inQueue(queue.body(), title);
                yield queued.isPresent() ? queued.get() : lookInHistory(calls, api, title);
            }
        };
    }

    private static Optional<DokploySighting> inQueue(JsonNode queue, String title) {
        for (JsonNode job : queue) {
            if (job.path("data").path("titleLog").asText("").equals(title)) {
                return Optional.of(
                        new Underway("in Dokploy's queue, " + job.path("state").asText("?")));
            }
        }
        return Optional.empty();
    }

    private static DokploySighting lookInHistory(DokployCalls calls, DokployApi api, String title) {
        return switch (api.call(calls.deployments())) {
            case Answer.None none -> new Unknown(none);
            case Answer.Refused refused -> new Refused(refused.status(), refused.message());
            case Answer.Given history -> inHistory(history.body(), title);
        };
    }

    /** The newest with that title: a deploy that was lost and asked for again has it, too. */
    private static DokploySighting inHistory(JsonNode history, String title) {
        for (JsonNode row : history) {
            if (row.path("title").asText("").equals(title)) {
                String status = row.path("status").asText("");
                String id = row.path("deploymentId").asText("");
                return status.equals("running")
                        ? new Underway("deployment " + id + " is running")
                        : new Ended(id, status, row.path("errorMessage").asText(""));
            }
        }
        return new Nowhere();
    }
}
