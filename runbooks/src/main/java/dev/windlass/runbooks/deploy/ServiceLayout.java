package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;

/**
 * Where what belongs to a service is, and what it is called.
 *
 * @param state Windlass's own directory
 */
public record ServiceLayout(AppName app, EnvironmentName environment, ServiceTarget target, String state) {
    /** With its digest, so that it cannot become another one. */
    public String image(Release release) {
        return target.image() + "@" + release.content();
    }

    /** As docker itself writes and lists it. */
    public String repository() {
        return asDockerWritesIt(target.image());
    }

    /** docker leaves out the host of its own registry, and what its own images are kept under there. */
    public static String asDockerWritesIt(String repository) {
        return repository.replaceFirst("^docker\\.io/(library/)?", "");
    }

    /** As the registry calls it. */
    public String tag(Version version) {
        return target.image() + ":" + version;
    }

    public String url(String path) {
        return target.address() + path;
    }

    public String records() {
        return ServiceTarget.releaseLists(state, app);
    }

    /** Which releases were kept, and since when. */
    public String record() {
        return ServiceTarget.releaseList(state, app, environment);
    }
}
