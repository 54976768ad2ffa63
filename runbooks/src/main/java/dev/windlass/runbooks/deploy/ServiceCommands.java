package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What a deploy of a service types. */
public final class ServiceCommands {
    private static final HostName HERE = new HostName("local");

    private final ServiceLayout layout;

    public ServiceCommands(ServiceLayout layout) {
        this.layout = layout;
    }

    /** The service gets the image of the release; also the way back, to the release before. */
    public List<Effect> update(Release release) {
        return switch (layout.target().update()) {
            case Update.Docker docker -> List.of(updateService(release));
            case Update.Dokploy dokploy -> {
                DokployCalls calls = new DokployCalls(dokploy.url(), dokploy.key(), dokploy.application());
                // The title is what the deployment is found by, so it is of this run alone.
                yield List.of(calls.application(), calls.setImage(layout.image(release)), calls.deploy("{title}"));
            }
        };
    }

    /**
     * The old task goes when the new one is healthy, and Swarm goes back by itself when it does not become so. The
     * digest is there already, so docker need not ask the registry for one.
     */
    private Command updateService(Release release) {
        return docker(
                Access.CHANGES,
                "service",
                "update",
                "--detach",
                "--quiet",
                "--no-resolve-image",
                "--with-registry-auth",
                "--update-order=start-first",
                "--update-failure-action=rollback",
                "--image=" + layout.image(release),
                "--",
                layout.target().service());
    }

    /** Only what is needed: the whole answer holds the app's environment. */
    public Command inspectService() {
        return docker(
                Access.READS,
                "service",
                "inspect",
                "--format",
                "{\"image\":{{json .Spec.TaskTemplate.ContainerSpec.Image}},\"update\":{{json .UpdateStatus}}}",
                "--",
                layout.target().service());
    }

    /** Without --no-trunc docker leaves the digest out. */
    public Command listTasks() {
        return docker(
                Access.READS,
                "service",
                "ps",
                "--no-trunc",
                "--format",
                "{{json .}}",
                "--",
                layout.target().service());
    }

    private Command docker(Access access, String... words) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        SortedMap<String, String> host = layout.target()
                .dockerHost()
                .map(socket -> Sorted.of("DOCKER_HOST", socket))
                .orElseGet(Sorted::of);
        return new Command(access, HERE, argv, host, Sorted.of(), new Channel.None(), new Channel.None());
    }
}
