package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation.Source;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.recovery.LostApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which apps of the lost machine a recovery brings to serve: those that ran as a process behind nginx, where the set holds
 * nginx's configuration, and the artefact or the release.
 *
 * @param notes why others do not; a line each
 */
public record AppsOfSet(List<AppOfSet> apps, List<String> notes) {
    static final String NGINX = "/etc/nginx";
    private static final String CONFIGURATION = NGINX + "/nginx.conf";

    public AppsOfSet {
        apps = List.copyOf(apps);
        notes = List.copyOf(notes);
    }

    static AppsOfSet none() {
        return new AppsOfSet(List.of(), List.of());
    }

    /** @param served what served there, as its lists of releases say */
    public static AppsOfSet of(Operations lost, Manifest manifest, List<LostApp> served) {
        List<AppOfSet> apps = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (LostApp app : served) {
            Target target = lost.app(app.app()).environment(app.environment());
            if (target instanceof ProcessTarget process) {
                ProcessLayout layout = new ProcessLayout(app.app(), app.environment(), process);
                why(layout, manifest, app)
                        .ifPresentOrElse(
                                reason -> notes.add(app.words() + " is left to you: " + reason),
                                () -> apps.add(new AppOfSet(app, layout, source(layout, manifest, app))));
            }
        }
        return new AppsOfSet(apps, notes);
    }

    /** Whether nginx is to run on the new machine. */
    static boolean hasNginx(Manifest manifest) {
        return holds(manifest, NGINX) || paths(manifest).stream().anyMatch(path -> path.startsWith(NGINX + "/"));
    }

    private static Optional<String> why(ProcessLayout layout, Manifest manifest, LostApp app) {
        if (!(layout.target().supervisor() instanceof Target.Supervisor.Systemd)) {
            return Optional.of("it ran under supervisord");
        }
        if (!layout.target().nginx().config().orElse(CONFIGURATION).equals(CONFIGURATION)) {
            return Optional.of("its nginx had a configuration of its own, "
                    + layout.target().nginx().config().get());
        }
        if (!hasNginx(manifest)) {
            return Optional.of("the set does not hold " + NGINX + "; declare it under backup.files");
        }
        return holds(manifest, layout.release(app.release()))
                        || holds(manifest, layout.artefact(app.release().version()))
                ? Optional.empty()
                : Optional.of(
                        "the set holds neither " + layout.artefact(app.release().version()) + " nor "
                                + layout.target().directory() + "; declare one of them under backup.files");
    }

    /** A release that is there is what ran, whole: its directory got its name when it was unpacked. */
    private static Source source(ProcessLayout layout, Manifest manifest, LostApp app) {
        return holds(manifest, layout.release(app.release())) ? Source.KEPT : Source.ARTEFACT;
    }

    private static boolean holds(Manifest manifest, String path) {
        return paths(manifest).stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }

    private static List<String> paths(Manifest manifest) {
        return manifest.archives().stream()
                .map(ArchiveSummary::paths)
                .flatMap(List::stream)
                .toList();
    }
}
