package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Web.Answer;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessCommands;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.runbooks.deploy.ProcessObservation.Source;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Quantities;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at everything that a deploy depends on, before anything is changed. */
final class ProcessObserving {
    private static final int SUGGESTIONS = 5;

    private final DeployParts parts;
    private final ProcessLayout layout;
    private final StepContext context;
    private final ProcessState state;

    ProcessObserving(DeployParts parts, ProcessLayout layout, StepContext context) {
        this.parts = parts;
        this.layout = layout;
        this.context = context;
        this.state = new ProcessState(layout);
    }

    ProcessObservation observe(DeployRequest request) {
        requireUser();
        SortedMap<String, String> shown = new TreeMap<>();
        shown.put("quality gates", QualityGates.words(parts.operations(), request.app(), request.environment()));
        Optional<Release> artefact = Artefacts.resolve(layout, request.version(), context.pulse());
        Release release = artefact.orElseGet(() -> kept(request.version()));
        Source source = artefact.isPresent() && !Files.isDirectory(Path.of(layout.release(release)))
                ? Source.ARTEFACT
                : Source.KEPT;
        if (source == Source.ARTEFACT) {
            Artefacts.requireRoom(layout, request.version());
            shown.put("size of the artefact", sizeOf(Path.of(layout.artefact(request.version()))));
        }
        requireNginx();
        requireLog();
        requireOneToServe();
        Optional<Serving> serving = state.serving();
        Colour idle = state.servingColour().map(Colour::other).orElse(Colour.BLUE);
        serving.ifPresent(now -> shown.put("health of what serves now", health(now)));
        requireFreePort(idle);
        return new ProcessObservation(
                release,
                source,
                serving,
                idle,
                state.upstreamText(),
                parts.operations().approvalPolicy(request.environment()),
                shown);
    }

    private void requireUser() {
        try {
            FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(layout.target().user());
        } catch (UserPrincipalNotFoundException unknown) {
            throw DeployFailures.noSuchUser(layout);
        } catch (IOException unreadable) {
            throw DeployFailures.unreadable(Path.of("/etc/passwd"), unreadable);
        }
    }

    /** Of several contents under one version the one that was kept last. */
    private Release kept(Version version) {
        List<Release> onDisk = state.releases().stream()
                .filter(release -> release.version().equals(version))
                .toList();
        return ReleaseRecord.read(layout).only(onDisk).releases().stream()
                .map(ReleaseRecord.Kept::release)
                .findFirst()
                .or(() -> onDisk.stream().findFirst())
                .orElseThrow(() -> {
                    List<String> newest = Artefacts.newest(layout, SUGGESTIONS);
                    return DeployFailures.noSuchVersion(
                            layout,
                            version,
                            newest.isEmpty() ? "" : "the newest artefacts are " + String.join(", ", newest));
                });
    }

    private void requireNginx() {
        CommandResult test = parts.shell().run(new ProcessCommands(layout).testNginx(), context);
        if (!test.isSuccess()) {
            throw DeployFailures.nginxRefuses(test);
        }
        new Nginx(layout).requireRunning();
    }

    private void requireLog() {
        try {
            if (!AccessLog.isReadable(Path.of(layout.target().nginx().log()))) {
                throw DeployFailures.logUnusable(layout, "is not in the format that Windlass reads");
            }
        } catch (NoSuchFileException absent) {
            throw DeployFailures.logUnusable(layout, "does not exist");
        } catch (IOException unreadable) {
            throw DeployFailures.logUnusable(
                    layout, "cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    /** Ill health is shown and not refused: a deploy may be what heals it. Another version than planned from is refused. */
    private String health(Serving now) {
        try (Web web = new Web()) {
            String url = layout.url(now.colour(), layout.target().health().versionPath());
            if (web.get(url) instanceof Answer.Given given) {
                Optional<String> reported = HealthLook.versionIn(given);
                if (reported.filter(version ->
                                !version.equals(now.release().version().value()))
                        .isPresent()) {
                    throw DeployFailures.otherVersionServes(layout, now.colour(), now.release(), reported.get());
                }
            }
            return new HealthLook(
                            web,
                            layout.target().health(),
                            layout.url(now.colour(), ""),
                            now.release().version())
                    .problem()
                    .map(problem -> "is not healthy, so there is nothing good to go back to: " + problem)
                    .orElse("is healthy");
        }
    }

    private void requireOneToServe() {
        if (state.upstreamText().filter(layout::sharesTraffic).isPresent()) {
            throw DeployFailures.severalServe(layout);
        }
    }

    private void requireFreePort(Colour idle) {
        Services services = new Services(layout, parts.shell(), context);
        services.strangerAt(idle, services.state(idle)).ifPresent(by -> {
            throw DeployFailures.portTaken(layout, idle, by);
        });
    }

    private static String sizeOf(Path file) {
        try {
            return Quantities.bytes(Files.size(file));
        } catch (IOException gone) {
            return "unknown";
        }
    }
}
