package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.activities.deploy.DokployDeploy.Past;
import dev.windlass.activities.deploy.DokployPatience.Timing;
import dev.windlass.runbooks.deploy.DokployCalls;
import java.util.Optional;

/** Dokploy gives the service another image. */
final class DokployUpdate {
    private final DokployCalls calls;
    private final DokployApi api;
    private final Convergence swarm;
    private final Waiting waiting;
    private final Timing timing;
    private final String service;
    private final PinnedImage image;
    private final String title;

    /**
     * @param image that this run deploys
     * @param title that this run gives its deployment
     */
    DokployUpdate(
            DokployCalls calls,
            DokployApi api,
            Convergence swarm,
            Waiting waiting,
            Timing timing,
            String service,
            PinnedImage image,
            String title) {
        this.calls = calls;
        this.api = api;
        this.swarm = swarm;
        this.waiting = waiting;
        this.timing = timing;
        this.service = service;
        this.image = image;
        this.title = title;
    }

    // Twice: finds the deployment by its title and waits for it.
    void update() {
        require(deploy(image, title, Past.COUNTS));
    }

    /**
     * Dokploy may still have our deployment before it and would carry it out after we have gone back, so that is looked at
     * first. Where Swarm does not run our image, it took the update back or never had it: then it is enough that Dokploy
     * does not keep our image for its next deployment.
     */
    // Twice: finds Swarm or Dokploy's setting as it was, or the deployment of the image before by its title.
    void undo(PinnedImage before) {
        waitUntilOursIsOver();
        if (isSetToOurs()) {
            require(deploy(before, title + DokployCalls.UNDO, Past.IS_PAST));
        } else {
            forgetOurImage(before);
        }
    }

    private DokployOutcome deploy(PinnedImage wanted, String as, Past past) {
        return new DokployDeploy(calls, api, waiting, timing, service, wanted, as, past).deploy();
    }

    private void waitUntilOursIsOver() {
        DokployPatience patience = new DokployPatience(timing, waiting, "deployment \"" + title + "\"");
        Optional<DokployOutcome> over = Optional.empty();
        boolean isUnderway = true;
        while (isUnderway && over.isEmpty()) {
            switch (DokploySighting.look(calls, api, title)) {
                case DokploySighting.Ended ended -> isUnderway = false;
                case DokploySighting.Nowhere nowhere -> isUnderway = false;
                case DokploySighting.Underway underway -> over = patience.wait(underway.words());
                case DokploySighting.Unknown unknown -> over = patience.wait(unknown.none());
                case DokploySighting.Refused refused ->
                    over = Optional.of(DokployDeploy.refusal(refused.status(), refused.message()));
            }
        }
        over.ifPresent(DokployUpdate::require);
    }

    private boolean isSetToOurs() {
        return switch (swarm.look(service)) {
            case Look.Seen seen -> image.isNamedBy(seen.state().image());
            case Look.Unseen unseen -> throw ServiceFailures.swarmUnseen(service, unseen.reason());
        };
    }

    private void forgetOurImage(PinnedImage before) {
        DokployPatience patience = new DokployPatience(timing, waiting, "the look at Dokploy's setting");
        Optional<DokployOutcome> over = Optional.empty();
        boolean isOurs = true;
        while (isOurs && over.isEmpty()) {
            Answer answer = api.call(calls.application());
            if (answer instanceof Answer.Given given) {
                isOurs = DokployApplication.of(given.body()).image().equals(image.reference());
                answer = isOurs ? api.call(calls.setImage(before.reference())) : answer;
            }
            switch (answer) {
                case Answer.Given given -> isOurs = false;
                case Answer.None none -> over = patience.wait(none);
                case Answer.Refused refused ->
                    over = Optional.of(DokployDeploy.refusal(refused.status(), refused.message()));
            }
        }
        over.ifPresent(DokployUpdate::require);
    }

    private static void require(DokployOutcome outcome) {
        switch (outcome) {
            case DokployOutcome.Done done -> {}
            case DokployOutcome.Failed failed -> throw failed.asException();
            case DokployOutcome.Undecided undecided -> throw undecided.asException();
        }
    }
}
