package dev.windlass.runbooks.deploy;

import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.TARGET_UNAVAILABLE;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What a deploy through Dokploy says when it cannot go on, as the code says it. */
final class DokployPageFailures {
    private static final String LATER =
            "see that Dokploy runs, then windlass resume with --retry; the question says what --skip means";

    private DokployPageFailures() {}

    static List<Failure> all() {
        return List.of(
                failure(TARGET_UNAVAILABLE, "Dokploy does not answer: {why}", LATER, "unreachable"),
                failure(
                        TARGET_UNAVAILABLE,
                        "deployment \"{title}\" of {image} has not ended after {time}: {last state}",
                        LATER,
                        "without-end"),
                failure(
                        PRECONDITION,
                        "Dokploy refuses: HTTP {status}, {words}",
                        "compare the address and the application's id with those that Dokploy shows",
                        "refused"),
                failure(
                        PRECONDITION,
                        "application {name} of Dokploy is the service {service}, ops.yml says {service}",
                        "correct dokploy.application or service in ops.yml: both stand on the application's page",
                        "another-service"),
                failure(
                        PRECONDITION,
                        "application {name} is built by Dokploy itself (source {source}), always as latest",
                        "let the CI build and push the image, and set the application's provider to Docker",
                        "built-by-dokploy"),
                failure(
                        PRECONDITION,
                        "application {name} has no health check of Swarm, so the old container would be stopped before the"
                                + " new one serves",
                        "set one under Advanced, Swarm Settings, Health Check; the image needs the program it calls",
                        "no-health-check"),
                failure(
                        PRECONDITION,
                        "deployment {id} of Dokploy ended as {status}: {its error}",
                        "read the log of that deployment in Dokploy",
                        "deployment-failed"),
                failure(
                        PRECONDITION,
                        "application {name} was set to {image} while {image} was waited for",
                        "somebody else deploys there: agree with them, then deploy again",
                        "somebody-else-deploys"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "dokploy.md#" + place);
    }
}
