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
import java.util.Optional;
import java.util.SortedMap;

/** What a deploy of a service types. */
public final class ServiceCommands {
    private static final HostName HERE = new HostName("local");

    private final ServiceLayout layout;

    public ServiceCommands(ServiceLayout layout) {
        this.layout = layout;
    }

    /** docker sends the login of the worker's own configuration. */
    Command pull(Release release) {
        return docker(Access.CHANGES, "pull", "--quiet", "--", layout.image(release));
    }

    /** What the image says of its health; fails when the image is not on this machine. */
    public Command inspectImage(Release release) {
        return docker(
                Access.READS,
                "image",
                "inspect",
                "--format",
                "{{json .Config.Healthcheck}}",
                "--",
                layout.image(release));
    }

    /** The digests of this repository's images on this machine. */
    public Command listImages() {
        return docker(
                Access.READS,
                "image",
                "ls",
                "--digests",
                "--no-trunc",
                "--format",
                "{{.Digest}}",
                "--",
                layout.repository());
    }

    /**
     * With force, since Swarm keeps the containers of ended tasks for a while; docker never removes an image that runs.
     */
    Command removeImage() {
        return docker(
                Access.CHANGES, "image", "rm", "--force", "--", layout.target().image() + "@{old-release}");
    }

    /** The service gets the image of the release. */
    List<Effect> update(Release release) {
        return switch (layout.target().update()) {
            case Update.Docker docker -> updateByDocker(release);
            // The title is what the deployment is found by, so it is of this run alone.
            case Update.Dokploy dokploy -> DokployCalls.of(dokploy).deployment(layout.image(release), "{title}");
        };
    }

    /** Also the way without Dokploy. */
    List<Effect> updateByDocker(Release release) {
        return List.of(updateService(release, "rollback"));
    }

    List<Effect> updateBack(Release before) {
        return switch (layout.target().update()) {
            case Update.Docker docker -> updateBackByDocker(before);
            case Update.Dokploy dokploy -> DokployCalls.of(dokploy).deploymentBack(layout.image(before), "{title}");
        };
    }

    /** The way back. When it fails Swarm must stay where it is: behind it lies the version that was not kept. */
    List<Effect> updateBackByDocker(Release before) {
        return List.of(updateService(before, "pause"));
    }

    /** The old task goes when the new one is healthy. The digest is known, so docker need not ask the registry. */
    private Command updateService(Release release, String whenItFails) {
        return docker(
                Access.CHANGES,
                "service",
                "update",
                "--detach",
                "--quiet",
                "--no-resolve-image",
                "--with-registry-auth",
                "--update-order=start-first",
                "--update-failure-action=" + whenItFails,
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
                "{\"image\":{{json .Spec.TaskTemplate.ContainerSpec.Image}},"
                        + "\"update\":{{json .UpdateStatus}},"
                        + "\"health\":{{json .Spec.TaskTemplate.ContainerSpec.Healthcheck}},"
                        + "\"grace\":{{json .Spec.TaskTemplate.ContainerSpec.StopGracePeriod}}}",
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

    /** By name; docker prints an id instead when the name means another image meanwhile. */
    public Command listContainers() {
        return docker(
                Access.READS,
                "ps",
                "--no-trunc",
                "--filter",
                "label=com.docker.swarm.service.name=" + layout.target().service(),
                "--format",
                "{{.Image}}");
    }

    /** Of an image that the service is set to by a tag. */
    public Command listDigests(String image) {
        return docker(Access.READS, "image", "inspect", "--format", "{{json .RepoDigests}}", "--", image);
    }

    /** What Swarm makes of an update. */
    List<Effect> lookAtSwarm() {
        return List.of(inspectService(), listTasks());
    }

    public List<Effect> askHealth() {
        return HealthCalls.at(layout.target().address(), layout.target().health());
    }

    Optional<Command> followLog() {
        return layout.target().accessLog().map(log -> local(Access.READS, new Channel.None(), "tail", "-F", log));
    }

    List<Effect> writeRecord() {
        String next = layout.record() + ".next";
        return List.of(
                local(Access.CHANGES, new Channel.None(), "install", "-d", "-m", "0700", "--", layout.records()),
                local(Access.CHANGES, new Channel.Text("{releases}"), "tee", "--", next),
                local(Access.CHANGES, new Channel.None(), "mv", "-T", "--", next, layout.record()));
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

    private static Command local(Access access, Channel input, String... argv) {
        return new Command(access, HERE, List.of(argv), Sorted.of(), Sorted.of(), input, new Channel.None());
    }
}
