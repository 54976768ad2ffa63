package dev.windlass.runbooks.deploy;

import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_UNAVAILABLE;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What a deploy of a service of Docker Swarm says when it cannot go on. */
final class ServicePageFailures {
    private ServicePageFailures() {}

    static List<Failure> all() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "the registry has no {image}:{version}, and no image of that version is kept on this machine",
                        "wait until it is built and pushed, then deploy again",
                        "no-such-image"),
                failure(
                        NOT_FOUND,
                        "{image} is not on this machine any more",
                        "push the version again, then deploy again",
                        "no-such-image"),
                failure(
                        COMMAND_FAILED,
                        "{image} cannot be pulled: {last words}",
                        "try docker pull by hand as the worker's user; where the registry asks for a login, docker login once",
                        "cannot-pull"),
                failure(
                        CONFIGURATION,
                        "the registry does not say what {image} has: {reason}",
                        "give a user and a token that can read it under registry in ops.yml, or correct image",
                        "registry-refuses"),
                failure(
                        STORAGE_UNAVAILABLE,
                        "the registry does not say what {image}:{version} is: {reason}",
                        "deploy again when it answers; a version that is kept on this machine needs no registry",
                        "registry-silent"),
                failure(
                        NOT_FOUND,
                        "docker has no service {service}",
                        "correct the name in ops.yml by docker service ls; a deploy gives a service another image and makes"
                                + " none",
                        "no-such-service"),
                failure(
                        PRECONDITION,
                        "docker does not say what service {service} is set to: {last words}",
                        "start the daemon, see that this machine is a manager of the Swarm and that the worker may use its"
                                + " socket",
                        "docker-does-not-answer"),
                failure(
                        COMMAND_FAILED,
                        "docker does not say what became of service {service}: {reason}",
                        "see that the daemon runs; then retry the step",
                        "docker-does-not-answer"),
                failure(
                        COMMAND_FAILED,
                        "docker's answer about service {service} is not JSON: {reason}",
                        "see which docker command the worker finds on its PATH; then retry the step",
                        "docker-does-not-answer"),
                failure(
                        CONFIGURATION,
                        "service {service} is set to {image}, and ops.yml names {repository}",
                        "correct service or image in ops.yml: going back takes the image before from the same repository",
                        "other-repository"),
                failure(
                        PRECONDITION,
                        "service {service} is set to {image}, and nobody can say which digest its containers run",
                        "let it run an image of {repository} by its digest once, with docker service update --image"
                                + " REPOSITORY@sha256:…",
                        "digest-unknown"),
                failure(
                        PRECONDITION,
                        "{address} answers with version {version}, and service {service} is set to {version} {digest}",
                        "see where address in ops.yml leads, and with docker service ps whether an update is stuck",
                        "other-version-answers"),
                failure(
                        PRECONDITION,
                        "neither service {service} nor version {version} has a health check, so Swarm would end the old task"
                                + " before the new one serves",
                        "add HEALTHCHECK to the image, or set one with docker service update --health-cmd",
                        "no-health-check"),
                failure(
                        PRECONDITION,
                        "service {service} is set to {image}, and the plan was made from {version} {digest}",
                        "somebody has updated it meanwhile: deploy again",
                        "service-set-to-other"),
                failure(
                        PRECONDITION,
                        "service {service} is set to {image}, and {version} {digest} was to be kept",
                        "somebody has updated it after the watch: see that it serves well, then windlass resume with --skip",
                        "service-set-to-other"),
                failure(
                        COMMAND_FAILED,
                        "service {service} does not run {version} again: {state}",
                        "read why with docker service ps --no-trunc {service}, then retry the step",
                        "service-not-back"),
                failure(
                        PRECONDITION,
                        "the access log {file} {what}",
                        "give nginx the log_format and access_log of ops.example.yml, reload it and call the app once",
                        "access-log"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "docker.md#" + place);
    }
}
