package dev.windlass.runbooks.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.LostApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which release served in each environment: the one that its list of releases has first. */
public final class ServedReleases {
    private ServedReleases() {}

    /** @param lists the text of a list by its path; empty where there is none */
    public static List<LostApp> of(Operations operations, Function<String, Optional<String>> lists) {
        List<LostApp> served = new ArrayList<>();
        for (App app : operations.apps().values()) {
            for (EnvironmentName environment : app.environments().keySet()) {
                lists.apply(app.releaseList(environment, operations.state()))
                        .flatMap(ServedReleases::first)
                        .map(release -> new LostApp(app.name(), environment, release))
                        .ifPresent(served::add);
            }
        }
        return served;
    }

    /** The lists of services have the same list one level deeper. @return empty where the text is no list of releases */
    private static Optional<Release> first(String text) {
        try {
            JsonNode release = PayloadJson.mapper()
                    .readTree(text)
                    .findPath("releases")
                    .path(0)
                    .path("release");
            return release.hasNonNull("version") && release.hasNonNull("content")
                    ? Optional.of(new Release(
                            new Version(release.path("version").asText()),
                            release.path("content").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
