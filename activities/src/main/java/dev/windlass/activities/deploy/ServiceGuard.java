package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.ServiceSetting.Check;
import dev.windlass.workflows.deploy.Release;

/** What must hold before a service is given another image. */
final class ServiceGuard {
    private final ServiceStep step;
    private final ServiceLook look;

    ServiceGuard(ServiceStep step) {
        this.step = step;
        this.look = step.look();
    }

    void requireReady() {
        ServiceSetting setting = look.setting();
        requirePlannedFrom(setting);
        requireHealthCheck(setting);
    }

    /** Or what is deployed: then an earlier attempt has asked for it. */
    private void requirePlannedFrom(ServiceSetting setting) {
        Release before = step.before();
        if (!step.image().isNamedBy(setting.image()) && !look.digest(setting).equals(before.content())) {
            throw ServiceFailures.setToOther(step.layout(), setting.image(), before);
        }
    }

    private void requireHealthCheck(ServiceSetting setting) {
        Release release = step.order().release();
        Check check = setting.check() == Check.LEFT_TO_THE_IMAGE
                ? look.checkOf(release).orElseThrow(() -> ServiceFailures.imageGone(step.layout(), release))
                : setting.check();
        if (check != Check.GIVEN) {
            throw ServiceFailures.noHealthCheck(step.layout(), release);
        }
    }
}
