package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.activities.deploy.DokployOutcome.Done;
import dev.windlass.activities.deploy.DokployOutcome.Failed;
import dev.windlass.activities.deploy.DokployPatience.Timing;
import dev.windlass.activities.deploy.DokploySighting.Ended;
import dev.windlass.activities.deploy.DokploySighting.Nowhere;
import dev.windlass.runbooks.deploy.DokployCalls;
import java.util.Optional;
import java.util.Set;

/**
 * Has Dokploy deploy an image, once. Dokploy answers nothing when it is asked and forgets its queue in a restart, so the
 * deployment is known by its title alone: whoever looks first, a retry as well, finds it before asking again.
 */
final class DokployDeploy {
    /** What the ends of deployments from before this attempt say. */
    enum Past {
        /** That is the answer, but for a deployment that a restart of Dokploy cancelled. */
        COUNTS,
        /** Nothing: the service has another image, whatever Dokploy made of an earlier attempt. */
        IS_PAST
    }

    private static final Set<String> ENDS = Set.of("done", "error", "cancelled");

    private final DokployCalls calls;
    private final DokployApi api;
    private final DokployPatience patience;
    private final String service;
    private final PinnedImage image;
    private final String title;
    private final Past past;

    private Optional<String> forgotten = Optional.empty();
    private boolean hasLooked;
    private boolean hasAsked;
    private long seen = System.nanoTime();

    /** @param title of this run alone, {@code run:} and the ids of workflow and run */
    DokployDeploy(
            DokployCalls calls,
            DokployApi api,
            Waiting waiting,
            Timing timing,
            String service,
            PinnedImage image,
            String title,
            Past past) {
        this.calls = calls;
        this.api = api;
        this.patience = new DokployPatience(timing, waiting, "deployment \"" + title + "\" of " + image);
        this.service = service;
        this.image = image;
        this.title = title;
        this.past = past;
    }

    DokployOutcome deploy() {
        while (true) {
            Optional<DokployOutcome> over = goOn(look());
            if (over.isPresent()) {
                return over.get();
            }
        }
    }

    private DokploySighting look() {
        DokploySighting sighting = DokploySighting.look(calls, api, title);
        if (sighting instanceof Ended ended) {
            boolean isOfBefore = !hasLooked
                    && switch (past) {
                        case COUNTS -> ended.status().equals("cancelled");
                        case IS_PAST -> true;
                    };
            if (isOfBefore) {
                forgotten = Optional.of(ended.id());
            }
            if (forgotten.filter(ended.id()::equals).isPresent()) {
                sighting = new Nowhere();
            }
        }
        hasLooked |= !(sighting instanceof DokploySighting.Unknown);
        return sighting;
    }

    private Optional<DokployOutcome> goOn(DokploySighting sighting) {
        return switch (sighting) {
            case Ended ended -> Optional.of(outcome(ended));
            case DokploySighting.Refused refused -> Optional.of(refusal(refused.status(), refused.message()));
            case DokploySighting.Underway underway -> {
                seen = System.nanoTime();
                yield patience.wait(underway.words());
            }
            case DokploySighting.Unknown unknown -> {
                // Silence is no sign of a loss.
                seen = System.nanoTime();
                yield patience.wait(unknown.none());
            }
            case Nowhere nowhere ->
                !hasAsked || patience.isLost(seen) ? ask() : patience.wait("neither queued nor deployed");
        };
    }

    private Optional<DokployOutcome> ask() {
        seen = System.nanoTime();
        return switch (api.call(calls.application())) {
            case Answer.None none -> patience.wait(none);
            case Answer.Refused refused -> Optional.of(refusal(refused.status(), refused.message()));
            case Answer.Given given -> {
                DokployApplication application = DokployApplication.of(given.body());
                Optional<Failed> unfit = application.unfit(service).or(() -> changedMeanwhile(application));
                yield unfit.isPresent() ? Optional.of(unfit.get()) : setImage();
            }
        };
    }

    private Optional<DokployOutcome> setImage() {
        return switch (api.call(calls.setImage(image.reference()))) {
            case Answer.None none -> patience.wait(none);
            case Answer.Refused refused -> Optional.of(refusal(refused.status(), refused.message()));
            case Answer.Given given -> askForDeployment();
        };
    }

    private Optional<DokployOutcome> askForDeployment() {
        return switch (api.call(calls.deploy(title))) {
            case Answer.Refused refused -> Optional.of(refusal(refused.status(), refused.message()));
            case Answer.None none -> {
                // A limit was reached before anything was done; any other silence may have been heard.
                hasAsked |= !none.isLimited();
                yield patience.wait(none);
            }
            case Answer.Given given -> {
                hasAsked = true;
                yield patience.wait("asked for it");
            }
        };
    }

    private Optional<Failed> changedMeanwhile(DokployApplication application) {
        return hasAsked && !application.image().equals(image.reference())
                ? Optional.of(new Failed(
                        "application " + application.name() + " was set to " + application.image() + " while " + image
                                + " was waited for",
                        "somebody else deploys there: agree with them, then deploy again",
                        "somebody-else-deploys"))
                : Optional.empty();
    }

    private static DokployOutcome outcome(Ended ended) {
        String fact = "deployment " + ended.id() + " of Dokploy ended as " + ended.status()
                + (ended.error().isEmpty() ? "" : ": " + ended.error());
        if (ended.status().equals("done")) {
            return new Done("deployment " + ended.id() + " is done");
        }
        String hint;
        if (!ENDS.contains(ended.status())) {
            hint = "this state is unknown here; look at the deployment in Dokploy";
        } else if (ended.status().equals("cancelled")) {
            hint = "a person cancelled it, or Dokploy was restarted: deploy again";
        } else if (ended.error().contains("AlreadyExists")) {
            // Dokploy creates the service when updating it fails for any reason, and reports only that it exists.
            hint = "Dokploy hides why the update failed: look for it with docker service inspect and in the log of the"
                    + " docker daemon";
        } else {
            hint = "read the log of that deployment in Dokploy";
        }
        return new Failed(fact, hint, "deployment-failed");
    }

    static Failed refusal(int status, String message) {
        return new Failed(
                "Dokploy refuses: HTTP " + status + ", " + message,
                status == 401 || status == 403
                        ? "make a key under Settings, Profile, API/CLI Keys, and give it to the worker"
                        : "compare the address and the application's id with those that Dokploy shows",
                "refused");
    }
}
