package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a deploy of a process types. */
public final class ProcessCommands {
    private static final HostName HERE = new HostName("local");

    private final ProcessLayout layout;

    public ProcessCommands(ProcessLayout layout) {
        this.layout = layout;
    }

    /** sha256sum's own format; its words are separated by two blanks. */
    Command compare(Release release) {
        return withText(
                Access.READS,
                release.content().substring("sha256:".length()) + "  " + layout.artefact(release.version()) + "\n",
                "sha256sum",
                "--check",
                "--strict",
                "--status");
    }

    /** A directory has its name when it is whole. What the archive says of owners and special bits does not count. */
    List<Effect> unpack(Release release) {
        String part = layout.releases() + "/." + ProcessLayout.name(release) + ".part";
        return List.of(
                changes(
                        "install",
                        "-d",
                        "-m",
                        "0755",
                        "--",
                        layout.target().directory(),
                        layout.releases(),
                        layout.slots(),
                        layout.logs()),
                changes("rm", "-rf", "--", part),
                changes("install", "-d", "-m", "0755", "--", part),
                changes(
                        "tar",
                        "--extract",
                        "--gzip",
                        "--file=" + layout.artefact(release.version()),
                        "--directory=" + part,
                        "--no-same-owner",
                        "--no-same-permissions"),
                changes("chmod", "-R", "u=rwX,go=rX", "--", part),
                withText(Access.CHANGES, PayloadJson.canonical(release) + "\n", "tee", "--", layout.identity(release)),
                changes("mv", "-T", "--", part, layout.release(release)));
    }

    Command lookForRelease(Release release) {
        return reads("test", "-d", layout.release(release));
    }

    List<Effect> start(Colour colour, Release release) {
        String next = layout.slots() + "/." + colour.word() + ".next";
        List<Effect> effects = new ArrayList<>(List.of(
                changes("ln", "-sfnT", "--", "../releases/" + ProcessLayout.name(release), next),
                changes("mv", "-T", "--", next, layout.slot(colour)),
                withText(
                        Access.CHANGES,
                        new ServiceDefinition(layout, colour, release).text(),
                        "tee",
                        "--",
                        layout.definitionFile(colour))));
        switch (layout.target().supervisor()) {
            case Supervisor.Systemd systemd -> {
                String unit = layout.service(colour) + ".service";
                effects.add(changes("systemctl", "daemon-reload"));
                effects.add(changes("systemctl", "--quiet", "enable", unit));
                effects.add(changes("systemctl", "restart", unit));
            }
            case Supervisor.Supervisord supervisord -> {
                effects.add(control(supervisord, "update", layout.service(colour)));
                effects.add(control(supervisord, "start", layout.service(colour)));
            }
        }
        return effects;
    }

    /** Also after a reboot it does not come back. */
    List<Effect> stop(Colour colour) {
        List<Effect> effects = new ArrayList<>(look(colour));
        effects.addAll(stopped(colour));
        return effects;
    }

    List<Effect> look(Colour colour) {
        List<Effect> effects = new ArrayList<>(List.of(lookAtService(colour)));
        lookForProcess(colour).ifPresent(effects::add);
        return effects;
    }

    private List<Effect> stopped(Colour colour) {
        return switch (layout.target().supervisor()) {
            case Supervisor.Systemd systemd ->
                List.of(
                        changes("systemctl", "--quiet", "disable", "--now", layout.service(colour) + ".service"),
                        changes("systemctl", "reset-failed", layout.service(colour) + ".service"),
                        changes("rm", "-f", "--", layout.definitionFile(colour)),
                        changes("systemctl", "daemon-reload"));
            case Supervisor.Supervisord supervisord ->
                List.of(
                        changes("rm", "-f", "--", layout.definitionFile(colour)),
                        control(supervisord, "update", layout.service(colour)));
        };
    }

    /** State and main process of a slot's service. */
    public Command lookAtService(Colour colour) {
        return switch (layout.target().supervisor()) {
            case Supervisor.Systemd systemd ->
                reads(
                        "systemctl",
                        "show",
                        "--property=LoadState,ActiveState,MainPID",
                        layout.service(colour) + ".service");
            case Supervisor.Supervisord supervisord ->
                reads("supervisorctl", "-c", supervisord.config(), "status", layout.service(colour));
        };
    }

    /** supervisord's status names no process that is only just starting or stopping. */
    public Optional<Command> lookForProcess(Colour colour) {
        return switch (layout.target().supervisor()) {
            case Supervisor.Systemd systemd -> Optional.empty();
            case Supervisor.Supervisord supervisord ->
                Optional.of(reads("supervisorctl", "-c", supervisord.config(), "pid", layout.service(colour)));
        };
    }

    private static Command control(Supervisor.Supervisord supervisord, String verb, String service) {
        return changes("supervisorctl", "-c", supervisord.config(), verb, service);
    }

    List<Effect> askHealth(Colour colour) {
        return HealthCalls.at(layout.url(colour, ""), layout.target().health());
    }

    /** The slot that traffic goes to, before a deploy turns it to the other one. */
    public List<Effect> pointAt(Colour colour) {
        return writeUpstream(layout.upstreamText(colour));
    }

    /** rename(2) replaces the file, so nginx reads the old one or the new one. */
    List<Effect> writeUpstream(String text) {
        String file = layout.target().nginx().upstreamFile();
        String next = file + ".next";
        return List.of(
                withText(Access.CHANGES, text, "tee", "--", next),
                changes("sync", "--", next),
                changes("mv", "-T", "--", next, file));
    }

    Command removeUpstream() {
        return changes("rm", "-f", "--", layout.target().nginx().upstreamFile());
    }

    public Command testNginx() {
        return reads(nginx("-t").toArray(String[]::new));
    }

    Command reloadNginx() {
        return changes(nginx("-s", "reload").toArray(String[]::new));
    }

    private List<String> nginx(String... more) {
        List<String> words = new ArrayList<>(List.of("nginx"));
        layout.target().nginx().config().ifPresent(config -> words.addAll(List.of("-c", config)));
        words.addAll(List.of(more));
        return words;
    }

    Optional<HttpCall> askThroughNginx() {
        return layout.target().nginx().check().map(ProcessCommands::get);
    }

    /** One line for each connection that the slot's processes have open. */
    Command listConnections(Colour colour) {
        return reads(
                "ss", "--no-header", "--tcp", "--numeric", "state", "established", "sport = :" + layout.port(colour));
    }

    /** Who listens on a slot's port. */
    public Command listListeners(Colour colour) {
        return reads(
                "ss",
                "--no-header",
                "--tcp",
                "--numeric",
                "--listening",
                "--processes",
                "sport = :" + layout.port(colour));
    }

    Command followLog() {
        return reads("tail", "-F", layout.target().nginx().log());
    }

    List<Effect> writeRecord() {
        String next = layout.record() + ".next";
        return List.of(
                withText(Access.CHANGES, "{releases}", "tee", "--", next),
                changes("mv", "-T", "--", next, layout.record()));
    }

    Command removeRelease() {
        String release = layout.releases() + "/{old-release}";
        return changes("rm", "-rf", "--", release, release + ".json");
    }

    private static HttpCall get(String url) {
        return new HttpCall(Access.READS, "GET", url, Optional.empty(), Optional.empty());
    }

    private static Command reads(String... argv) {
        return command(Access.READS, new Channel.None(), argv);
    }

    private static Command changes(String... argv) {
        return command(Access.CHANGES, new Channel.None(), argv);
    }

    private static Command withText(Access access, String input, String... argv) {
        return command(access, new Channel.Text(input), argv);
    }

    private static Command command(Access access, Channel input, String... argv) {
        return new Command(access, HERE, List.of(argv), Sorted.of(), Sorted.of(), input, new Channel.None());
    }
}
