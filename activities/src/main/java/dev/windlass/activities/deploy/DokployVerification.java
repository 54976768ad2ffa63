package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.activities.deploy.SwarmState.Verdict;
import dev.windlass.runbooks.deploy.DokployCalls;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;

/** Waits until Swarm runs the image, or has given it up. */
final class DokployVerification {
    private final DokployCalls calls;
    private final DokployApi api;
    private final Convergence convergence;
    private final Waiting waiting;
    private final Duration poll;
    private final Duration deadline;

    DokployVerification(
            DokployCalls calls,
            DokployApi api,
            Convergence convergence,
            Waiting waiting,
            Duration poll,
            Duration deadline) {
        this.calls = calls;
        this.api = api;
        this.convergence = convergence;
        this.waiting = waiting;
        this.poll = poll;
        this.deadline = deadline;
    }

    DokployOutcome verify(PinnedImage image) {
        return switch (api.call(calls.application())) {
            case Answer.None none ->
                new DokployOutcome.Undecided("Dokploy does not answer: " + none.reason(), "dokploy-unreachable");
            case Answer.Refused refused ->
                new DokployOutcome.Undecided(
                        "Dokploy refuses: HTTP " + refused.status() + ", " + refused.message(), "dokploy-refuses");
            case Answer.Given given -> follow(given.body().path("appName").asText(""), image);
        };
    }

    private DokployOutcome follow(String service, PinnedImage image) {
        long begun = System.nanoTime();
        while (true) {
            String last;
            switch (convergence.look(service)) {
                case Look.Unseen unseen -> last = unseen.reason();
                case Look.Seen seen -> {
                    switch (seen.state().verdict(image)) {
                        case Verdict.Serving serving -> {
                            return new DokployOutcome.Done(serving.words());
                        }
                        case Verdict.Failed failed -> {
                            return new DokployOutcome.Failed(
                                    "service " + service + ": " + failed.fact(),
                                    "read why its tasks ended with docker service ps --no-trunc " + service,
                                    "swarm-took-it-back");
                        }
                        case Verdict.Underway underway -> last = underway.words();
                    }
                }
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            if (taken.compareTo(deadline) > 0) {
                return new DokployOutcome.Undecided(
                        "service " + service + " does not run " + image + " after " + Quantities.time(taken) + ": "
                                + last,
                        "swarm-took-it-back");
            }
            waiting.pause(poll, "swarm", last);
        }
    }
}
