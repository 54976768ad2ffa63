package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.Release;
import java.time.Clock;

/** One step of a deploy of a service while it is executed. */
record ServiceStep(DeployOrder order, ServiceLayout layout, DeployParts parts, StepContext context)
        implements DeployStep {
    @Override
    public Shell shell() {
        return parts.shell();
    }

    @Override
    public Clock clock() {
        return parts.clock();
    }

    Secrets secrets() {
        return parts.secrets();
    }

    ServiceLook look() {
        return new ServiceLook(layout, shell(), context);
    }

    PinnedImage image(Release release) {
        return new PinnedImage(layout.target().image(), release.content());
    }

    /** The one that is deployed. */
    PinnedImage image() {
        return image(order().release());
    }

    /** A service that is deployed to was set to something before. */
    Release before() {
        return order().before()
                .orElseThrow(() -> new IllegalArgumentException("the order names nothing that served before"));
    }
}
