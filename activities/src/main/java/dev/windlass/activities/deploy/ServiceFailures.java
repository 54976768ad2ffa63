package dev.windlass.activities.deploy;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;

/** What a deploy of a service says when it cannot go on. */
final class ServiceFailures {
    private ServiceFailures() {}

    static ApplicationFailure noSuchService(ServiceLayout layout) {
        return failure(
                FailureType.NOT_FOUND,
                "docker has no service " + layout.target().service(),
                "correct the name in ops.yml by docker service ls; a deploy gives a service another image and makes none",
                "no-such-service");
    }

    static ApplicationFailure dockerDoesNotAnswer(ServiceLayout layout, CommandResult look) {
        return failure(
                FailureType.PRECONDITION,
                "docker does not say what service " + layout.target().service() + " is set to: " + look.summary(),
                "start the daemon, see that this machine is a manager of the Swarm and that the worker may use its socket",
                "docker-does-not-answer");
    }

    static ApplicationFailure swarmUnseen(String service, String reason) {
        return failure(
                FailureType.COMMAND_FAILED,
                "docker does not say what became of service " + service + ": " + reason,
                "see that the daemon runs; then retry the step",
                "docker-does-not-answer");
    }

    static ApplicationFailure noJson(ServiceLayout layout, String reason) {
        return failure(
                FailureType.COMMAND_FAILED,
                "docker's answer about service " + layout.target().service() + " is not JSON: " + reason,
                "see which docker command the worker finds on its PATH; then retry the step",
                "docker-does-not-answer");
    }

    static ApplicationFailure digestUnknown(ServiceLayout layout, String image) {
        return failure(
                FailureType.PRECONDITION,
                "service " + layout.target().service() + " is set to " + image
                        + ", and nobody can say which digest its containers run",
                "let it run an image of " + layout.target().image()
                        + " by its digest once, with docker service update --image REPOSITORY@sha256:…",
                "digest-unknown");
    }

    static ApplicationFailure otherRepository(ServiceLayout layout, String image) {
        return failure(
                FailureType.CONFIGURATION,
                "service " + layout.target().service() + " is set to " + image + ", and ops.yml names "
                        + layout.target().image(),
                "correct service or image in ops.yml: going back takes the image before from the same repository",
                "other-repository");
    }

    static ApplicationFailure noHealthCheck(ServiceLayout layout, Release release) {
        return failure(
                FailureType.PRECONDITION,
                "neither service " + layout.target().service() + " nor version " + release.version()
                        + " has a health check, so Swarm would end the old task before the new one serves",
                "add HEALTHCHECK to the image, or set one with docker service update --health-cmd",
                "no-health-check");
    }

    static ApplicationFailure imageGone(ServiceLayout layout, Release release) {
        return failure(
                FailureType.NOT_FOUND,
                layout.image(release) + " is not on this machine any more",
                "push the version again, then deploy again",
                "no-such-image");
    }

    static ApplicationFailure cannotPull(ServiceLayout layout, Release release, CommandResult pull) {
        return failure(
                FailureType.COMMAND_FAILED,
                layout.image(release) + " cannot be pulled: " + pull.summary(),
                "try docker pull by hand as the worker's user; where the registry asks for a login, docker login once",
                "cannot-pull");
    }

    static ApplicationFailure setToOther(ServiceLayout layout, String image, Release planned) {
        return failure(
                FailureType.PRECONDITION,
                "service " + layout.target().service() + " is set to " + image + ", and the plan was made from "
                        + planned.version() + " " + planned.content(),
                "somebody has updated it meanwhile: deploy again",
                "service-set-to-other");
    }

    static ApplicationFailure notTheOneToKeep(ServiceLayout layout, String image, Release deployed) {
        return failure(
                FailureType.PRECONDITION,
                "service " + layout.target().service() + " is set to " + image + ", and " + deployed.version() + " "
                        + deployed.content() + " was to be kept",
                "somebody has updated it after the watch: see that it serves well, then windlass resume with --skip",
                "service-set-to-other");
    }

    static ApplicationFailure otherVersionAnswers(ServiceLayout layout, Release serving, String reported) {
        return failure(
                FailureType.PRECONDITION,
                layout.target().address() + " answers with version " + reported + ", and service "
                        + layout.target().service() + " is set to " + serving.version() + " " + serving.content(),
                "see where address in ops.yml leads, and with docker service ps whether an update is stuck",
                "other-version-answers");
    }

    static ApplicationFailure notBack(ServiceLayout layout, Release before, String last) {
        return failure(
                FailureType.COMMAND_FAILED,
                "service " + layout.target().service() + " does not run " + before.version() + " again: " + last,
                "read why with docker service ps --no-trunc " + layout.target().service() + ", then retry the step",
                "service-not-back");
    }

    static ApplicationFailure noSuchImage(ServiceLayout layout, Version version, String tags) {
        return failure(
                FailureType.NOT_FOUND,
                "the registry has no " + layout.tag(version) + ", and no image of that version is kept on this machine",
                tags.isEmpty() ? "wait until it is built and pushed, then deploy again" : tags,
                "no-such-image");
    }

    static ApplicationFailure registryRefuses(ServiceLayout layout, String reason) {
        return failure(
                FailureType.CONFIGURATION,
                "the registry does not say what " + layout.target().image() + " has: " + reason,
                "give a user and a token that can read it under registry in ops.yml, or correct image",
                "registry-refuses");
    }

    static ApplicationFailure registrySilent(ServiceLayout layout, Version version, String reason) {
        return failure(
                FailureType.STORAGE_UNAVAILABLE,
                "the registry does not say what " + layout.tag(version) + " is: " + reason,
                "deploy again when it answers; a version that is kept on this machine needs no registry",
                "registry-silent");
    }

    static ApplicationFailure logUnusable(String log, String what) {
        return failure(
                FailureType.PRECONDITION,
                "the access log " + log + " " + what,
                "give nginx the log_format and access_log of ops.example.yml, reload it and call the app once",
                "access-log");
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "docker.md#" + place).asException();
    }
}
