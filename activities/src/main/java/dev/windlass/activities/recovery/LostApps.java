package dev.windlass.activities.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.LeftToDo;
import dev.windlass.workflows.recovery.LostApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which apps served on the lost machine, and in which version: its ops.yml and its lists of releases, back at their places. */
final class LostApps {
    private LostApps() {}

    /** @return nothing where ops.yml cannot be read: a person has to look then anyway, and nothing else waits for it */
    static List<LeftToDo> of(Path opsFile) {
        if (!(OpsFile.read(opsFile) instanceof OpsFileReading.Accepted accepted)) {
            return List.of();
        }
        List<LeftToDo> apps = new ArrayList<>();
        String state = accepted.operations().state();
        for (App app : accepted.operations().apps().values()) {
            for (EnvironmentName environment : app.environments().keySet()) {
                apps.add(left(app, environment, Path.of(app.releaseList(environment, state))));
            }
        }
        return apps;
    }

    private static LeftToDo left(App app, EnvironmentName environment, Path list) {
        String words = LostApp.words(app.name(), environment);
        return served(list)
                .map(release -> new LeftToDo(
                        words + ": " + release.path("version").asText() + " served, "
                                + release.path("content").asText(),
                        List.of("windlass deploy " + app.name() + " " + environment + " "
                                + release.path("version").asText())))
                .orElseGet(() -> new LeftToDo(
                        words + ": the set does not say what served",
                        List.of("windlass deploy " + app.name() + " " + environment + " VERSION")));
    }

    /** The one that was kept last; the lists of services have the same list one level deeper. */
    private static Optional<JsonNode> served(Path list) {
        try {
            JsonNode release = PayloadJson.mapper()
                    .readTree(Files.readString(list))
                    .findPath("releases")
                    .path(0)
                    .path("release");
            return Optional.of(release).filter(found -> found.hasNonNull("version"));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
