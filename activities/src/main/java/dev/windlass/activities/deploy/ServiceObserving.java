package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Web.Answer;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.deploy.ServiceCommands;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.runbooks.deploy.ServiceObservation;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at everything that a deploy of a service depends on, before anything is changed. */
final class ServiceObserving {
    private final DeployParts parts;
    private final ServiceLayout layout;
    private final StepContext context;
    private final ServiceLook look;
    private final ServiceRecord record;
    private final SortedMap<String, String> shown = new TreeMap<>();

    ServiceObserving(DeployParts parts, ServiceLayout layout, StepContext context) {
        this.parts = parts;
        this.layout = layout;
        this.context = context;
        this.look = new ServiceLook(layout, parts.shell(), context);
        this.record = ServiceRecord.read(layout);
    }

    ServiceObservation observe(DeployRequest request) {
        shown.put("quality gates", QualityGates.words(parts.operations(), request.app(), request.environment()));
        ServiceSetting setting = look.setting();
        requireRepository(setting);
        requireLog();
        if (layout.target().update() instanceof Update.Dokploy dokploy) {
            shown.put(
                    "Dokploy",
                    new DokployObserving(parts.secrets(), context)
                            .look(dokploy, layout.target().service()));
        }
        Release before = serving(setting);
        ServiceVersions.Resolved resolved =
                new ServiceVersions(parts, layout, context, look, record).resolve(request.version(), shown);
        shown.put(
                "health check",
                switch (setting.check()) {
                    case GIVEN -> "of the service";
                    case LEFT_TO_THE_IMAGE -> "of the image, looked at before the update";
                    case NONE -> throw ServiceFailures.noHealthCheck(layout, resolved.release());
                });
        return new ServiceObservation(
                resolved.release(),
                resolved.source(),
                before,
                setting.digest().isPresent() ? Optional.empty() : Optional.of(setting.image()),
                setting.grace(),
                parts.operations().approvalPolicy(request.environment()),
                shown);
    }

    private void requireRepository(ServiceSetting setting) {
        if (!setting.repository().equals(layout.repository())) {
            throw ServiceFailures.otherRepository(layout, setting.image());
        }
    }

    private void requireLog() {
        layout.target().accessLog().ifPresent(log -> {
            try {
                if (!AccessLog.isReadable(Path.of(log))) {
                    throw ServiceFailures.logUnusable(log, "is not in the format that Windlass reads");
                }
            } catch (NoSuchFileException absent) {
                throw ServiceFailures.logUnusable(log, "does not exist");
            } catch (IOException unreadable) {
                throw ServiceFailures.logUnusable(
                        log, "cannot be read: " + unreadable.getClass().getSimpleName());
            }
        });
    }

    /** Ill health is shown and not refused: a deploy may be what heals it. Another version than planned from is refused. */
    private Release serving(ServiceSetting setting) {
        String digest = look.digest(setting);
        Optional<Release> known = record.withContent(digest);
        try (Web web = new Web()) {
            new ServiceCommands(layout).askHealth().forEach(context::begun);
            Optional<String> reported = reported(web);
            Release now = known.orElseGet(() -> new Release(version(reported, setting, digest), digest));
            reported.filter(version -> !version.equals(now.version().value())).ifPresent(version -> {
                throw ServiceFailures.otherVersionAnswers(layout, now, version);
            });
            shown.put(
                    "health of what serves now",
                    new HealthLook(
                                    web,
                                    layout.target().health(),
                                    layout.target().address(),
                                    now.version())
                            .problem()
                            .map(problem -> "is not healthy, so there is nothing good to go back to: " + problem)
                            .orElse("is healthy"));
            return now;
        }
    }

    private Optional<String> reported(Web web) {
        return web.get(layout.url(layout.target().health().versionPath())) instanceof Answer.Given given
                ? HealthLook.versionIn(given)
                : Optional.empty();
    }

    /** As it calls itself; else by its tag; else by the digest, which names it as well. */
    private static Version version(Optional<String> reported, ServiceSetting setting, String digest) {
        return reported.or(setting::tag)
                .filter(ServiceObserving::isVersion)
                .map(Version::new)
                .orElseGet(
                        () -> new Version(digest.substring("sha256:".length()).substring(0, 12)));
    }

    private static boolean isVersion(String text) {
        try {
            return !new Version(text).value().isEmpty();
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
