package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/** The new version stands in the record, and images of this service that nobody will go back to are removed. */
final class ServiceRetirement {
    private final ServiceStep step;
    private final ServiceLook look;
    private final ServiceLayout layout;

    ServiceRetirement(ServiceStep step) {
        this.step = step;
        this.look = step.look();
        this.layout = step.layout();
    }

    void retire() {
        Release release = step.order().release();
        ServiceSetting setting = look.setting();
        if (!step.image().isNamedBy(setting.image())) {
            throw ServiceFailures.notTheOneToKeep(layout, setting.image(), release);
        }
        ServiceRecord record = ServiceRecord.read(layout)
                .with(release, step.clock().instant(), step.order().applied());
        Set<Release> kept = kept(record);
        Set<String> needed = new HashSet<>(digestsOfOthers());
        kept.forEach(each -> needed.add(each.content()));
        Set<String> here = new HashSet<>(look.digests());
        Command remove = step.command("docker", "rm");
        for (Release each : record.all()) {
            if (!needed.contains(each.content())
                    && here.contains(each.content())
                    && step.run((Command)
                                    Slots.of("old-release", each.content()).fill((Effect) remove))
                            .isSuccess()) {
                here.remove(each.content());
            }
        }
        // What docker would not remove, since a container runs it, stays in the record and is tried again.
        record.only(each -> kept.contains(each) || here.contains(each.content()))
                .write(step);
    }

    /** The serving one and the one before it, whatever their number, then those that were kept last. */
    private Set<Release> kept(ServiceRecord record) {
        SequencedSet<Release> kept = new LinkedHashSet<>(List.of(step.order().release(), step.before()));
        for (ReleaseRecord.Kept each : record.kept().releases()) {
            if (kept.size() < layout.target().keepReleases()) {
                kept.add(each.release());
            }
        }
        return kept;
    }

    /** Whatever other environments of the same repository may go back to, or are about to run. */
    private Set<String> digestsOfOthers() {
        Set<String> digests = new HashSet<>();
        for (App app : step.parts().operations().apps().values()) {
            app.environments().forEach((environment, target) -> {
                boolean isAnother = !app.name().equals(layout.app()) || !environment.equals(layout.environment());
                if (isAnother
                        && target instanceof ServiceTarget service
                        && service.image().equals(layout.target().image())) {
                    ServiceRecord.read(new ServiceLayout(app.name(), environment, service, layout.state()))
                            .all()
                            .forEach(release -> digests.add(release.content()));
                }
            });
        }
        return digests;
    }
}
