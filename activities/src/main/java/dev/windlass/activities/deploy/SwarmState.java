package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.workflows.kernel.PayloadJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service as docker shows it. States: https://docs.docker.com/reference/api/engine/ , Service.UpdateStatus; Swarm
 * clears the status at the beginning of each update.
 *
 * @param image what the service is set to
 * @param update the state of the last update; empty before the first one
 */
record SwarmState(String image, Optional<String> update, String message, List<Task> tasks) {
    SwarmState {
        tasks = List.copyOf(tasks);
    }

    record Task(String name, String image, String desired, String current, String error) {
        boolean isWanted() {
            return desired.equals("Running");
        }

        boolean isRunning() {
            return current.startsWith("Running");
        }

        private Task named(String tag, String pinned) {
            return image.equals(tag) ? new Task(name, pinned, desired, current, error) : this;
        }
    }

    sealed interface Verdict {
        record Serving(String words) implements Verdict {}

        record Underway(String words) implements Verdict {}

        record Failed(String fact) implements Verdict {}
    }

    /**
     * @param service a line of {@code docker service inspect} with image and update
     * @param tasks lines of {@code docker service ps}
     */
    static SwarmState of(String service, List<String> tasks) throws JsonProcessingException {
        JsonNode json = PayloadJson.mapper().readTree(service);
        List<Task> read = new ArrayList<>();
        for (String line : tasks) {
            JsonNode task = PayloadJson.mapper().readTree(line);
            read.add(new Task(
                    task.path("Name").asText(),
                    task.path("Image").asText(),
                    task.path("DesiredState").asText(),
                    task.path("CurrentState").asText(),
                    // docker puts it into quotation marks of its own.
                    task.path("Error").asText().replaceAll("^\"|\"$", "")));
        }
        JsonNode update = json.path("update");
        return new SwarmState(
                json.path("image").asText(),
                Optional.of(update.path("State").asText("")).filter(state -> !state.isEmpty()),
                update.path("Message").asText(""),
                read);
    }

    Verdict verdict(PinnedImage wanted) {
        String said = message.isEmpty() ? "" : " (" + message + ")";
        // What Swarm goes back to is what is wanted when somebody goes back.
        boolean isTakenBack = update.orElse("").startsWith("rollback") && !isSetTo(wanted);
        if (isTakenBack) {
            return new Verdict.Failed(
                    "Swarm took the update back" + said + ", the service is set to " + image + lastError(wanted));
        }
        return switch (update.orElse("")) {
            case "paused", "rollback_paused" ->
                new Verdict.Failed("Swarm stopped half-way in the update" + said + lastError(wanted));
            case "completed", "rollback_completed", "" -> isSetTo(wanted) ? verdictOfTasks(wanted) : setToOther(wanted);
            default -> new Verdict.Underway("Swarm: " + update.orElse("") + said);
        };
    }

    boolean isSetByATag() {
        return !image.contains("@");
    }

    /** Under the tag that it is set by, the service and its tasks run that digest. */
    SwarmState withDigestOfTag(String digest) {
        String pinned = image + "@" + digest;
        return new SwarmState(
                pinned,
                update,
                message,
                tasks.stream().map(task -> task.named(image, pinned)).toList());
    }

    boolean isSetTo(PinnedImage wanted) {
        return wanted.isNamedBy(image);
    }

    Verdict.Failed setToOther(PinnedImage wanted) {
        return new Verdict.Failed("the service is set to " + image + ", wanted " + wanted);
    }

    /** Why the newest task of the image that ended with an error did so. */
    private String lastError(PinnedImage wanted) {
        return tasks.stream()
                .filter(task -> wanted.isNamedBy(task.image()) && !task.error().isEmpty())
                .map(task -> "; its task " + task.name() + " ended: " + task.error())
                .findFirst()
                .orElse("");
    }

    private Verdict verdictOfTasks(PinnedImage wanted) {
        List<Task> due = tasks.stream().filter(Task::isWanted).toList();
        if (due.isEmpty()) {
            return new Verdict.Underway("no task is to run");
        }
        for (Task task : due) {
            if (!task.isRunning()) {
                return new Verdict.Underway(
                        task.name() + ": " + task.current() + (task.error().isEmpty() ? "" : ", " + task.error()));
            }
            if (!wanted.isNamedBy(task.image())) {
                return new Verdict.Underway(task.name() + " runs " + task.image());
            }
        }
        return new Verdict.Serving(due.size() + " of " + due.size() + " tasks run " + wanted);
    }
}
