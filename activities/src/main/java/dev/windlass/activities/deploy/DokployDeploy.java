package dev.windlass.activities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.runbooks.deploy.DokployCalls;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.Optional;

/**
 * Has Dokploy deploy an image, once. Dokploy answers nothing when it is asked and forgets its queue in a restart, so the
 * deployment is known by its title alone: whoever looks first, a retry as well, finds it before asking again.
 */
final class DokployDeploy {
    /** @param lostAfter how long a deployment may be nowhere before it is asked for again */
    record Timing(Duration poll, Duration lostAfter, Duration deadline) {
        static Timing usual() {
            return new Timing(Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofMinutes(30));
        }
    }

    private final DokployCalls calls;
    private final DokployApi api;
    private final Waiting waiting;
    private final Timing timing;
    private final PinnedImage image;
    private final String title;

    /** @param title of this run alone, {@code run:} and the ids of workflow and run */
    DokployDeploy(DokployCalls calls, DokployApi api, Waiting waiting, Timing timing, PinnedImage image, String title) {
        this.calls = calls;
        this.api = api;
        this.waiting = waiting;
        this.timing = timing;
        this.image = image;
        this.title = title;
    }

    DokployOutcome deploy() {
        long begun = System.nanoTime();
        long seen = begun;
        boolean asked = false;
        String last;
        do {
            Duration wait = timing.poll();
            switch (DokploySighting.look(calls, api, title)) {
                case DokploySighting.Ended ended -> {
                    return outcome(ended);
                }
                case DokploySighting.Refused refused -> {
                    return refusal(refused.status(), refused.message());
                }
                case DokploySighting.Underway underway -> {
                    seen = System.nanoTime();
                    last = underway.words();
                }
                case DokploySighting.Unknown unknown -> {
                    // Silence is no sign of a loss.
                    seen = System.nanoTime();
                    last = "Dokploy does not answer: " + unknown.reason();
                    wait = unknown.retryAfter().orElse(wait);
                }
                case DokploySighting.Nowhere nowhere -> {
                    last = "neither queued nor deployed";
                    if (!asked || since(seen).compareTo(timing.lostAfter()) > 0) {
                        switch (ask(asked)) {
                            case Asking.Over over -> {
                                return over.outcome();
                            }
                            case Asking.Asked heard -> asked = true;
                            case Asking.Unheard unheard -> {
                                last = "Dokploy does not answer: " + unheard.reason();
                                wait = unheard.retryAfter().orElse(wait);
                            }
                        }
                        seen = System.nanoTime();
                    }
                }
            }
            waiting.pause(wait, "dokploy", last);
        } while (since(begun).compareTo(timing.deadline()) < 0);
        return new DokployOutcome.Undecided("deployment \"" + title + "\" of " + image + " has not ended after "
                + Quantities.time(since(begun)) + ": " + last);
    }

    private sealed interface Asking {
        /** Also when the answer was lost on its way: then it is looked for like any other. */
        record Asked() implements Asking {}

        record Unheard(String reason, Optional<Duration> retryAfter) implements Asking {}

        record Over(DokployOutcome outcome) implements Asking {}
    }

    private Asking ask(boolean again) {
        switch (api.call(calls.application())) {
            case Answer.None none -> {
                return new Asking.Unheard(none.reason(), none.retryAfter());
            }
            case Answer.Refused refused -> {
                return new Asking.Over(refusal(refused.status(), refused.message()));
            }
            case Answer.Given application -> {
                Optional<DokployOutcome> unfit = unfit(application.body(), again);
                if (unfit.isPresent()) {
                    return new Asking.Over(unfit.get());
                }
            }
        }
        switch (api.call(calls.setImage(image.reference()))) {
            case Answer.None none -> {
                return new Asking.Unheard(none.reason(), none.retryAfter());
            }
            case Answer.Refused refused -> {
                return new Asking.Over(refusal(refused.status(), refused.message()));
            }
            case Answer.Given given -> {}
        }
        return switch (api.call(calls.deploy(title))) {
            case Answer.Refused refused -> new Asking.Over(refusal(refused.status(), refused.message()));
            // A limit was reached before anything was done; any other silence may have been heard.
            case Answer.None none ->
                none.reason().equals("HTTP 429")
                        ? new Asking.Unheard(none.reason(), none.retryAfter())
                        : new Asking.Asked();
            case Answer.Given given -> new Asking.Asked();
        };
    }

    private Optional<DokployOutcome> unfit(JsonNode application, boolean again) {
        String name = "application " + application.path("name").asText(calls.applicationId());
        String source = application.path("sourceType").asText("");
        if (!source.equals("docker")) {
            return Optional.of(new DokployOutcome.Failed(
                    name + " is built by Dokploy itself (source " + source + "), always as latest",
                    "let the CI build and push the image, and set the application's provider to Docker"));
        }
        if (application.path("healthCheckSwarm").isEmpty()) {
            return Optional.of(new DokployOutcome.Failed(
                    name
                            + " has no health check of Swarm, so the old container would be stopped before the new one serves",
                    "set one under Advanced, Swarm Settings, Health Check; the image needs the program it calls"));
        }
        String now = application.path("dockerImage").asText("");
        return again && !now.equals(image.reference())
                ? Optional.of(new DokployOutcome.Failed(
                        name + " was set to " + now + " while " + image + " was waited for",
                        "somebody else deploys there: agree with them, then deploy again"))
                : Optional.empty();
    }

    private static DokployOutcome outcome(DokploySighting.Ended ended) {
        String fact = "deployment " + ended.id() + " of Dokploy ended as " + ended.status()
                + (ended.error().isEmpty() ? "" : ": " + ended.error());
        return switch (ended.status()) {
            case "done" -> new DokployOutcome.Done("deployment " + ended.id() + " is done");
            case "cancelled" ->
                new DokployOutcome.Failed(fact, "a person cancelled it, or Dokploy was restarted: deploy again");
            // Dokploy creates the service when updating it fails for any reason, and reports only that it exists.
            case "error" ->
                ended.error().contains("AlreadyExists")
                        ? new DokployOutcome.Failed(
                                fact,
                                "Dokploy hides why the update failed: look for it with docker service inspect and in the"
                                        + " log of the docker daemon")
                        : new DokployOutcome.Failed(fact, "read the log of that deployment in Dokploy");
            default -> new DokployOutcome.Failed(fact, "this state is unknown here; look at the deployment in Dokploy");
        };
    }

    private static DokployOutcome refusal(int status, String message) {
        return new DokployOutcome.Failed(
                "Dokploy refuses: HTTP " + status + ", " + message,
                status == 401 || status == 403
                        ? "make a key under Settings, Profile, API/CLI Keys, and give it to the worker"
                        : "compare the address and the application's id with those that Dokploy shows");
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
