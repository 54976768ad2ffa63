package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where everything of an app's environment lies, and what it is called. */
public record ProcessLayout(AppName app, EnvironmentName environment, ProcessTarget target) {
    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern SERVER = Pattern.compile("\\bserver\\s+127\\.0\\.0\\.1:(\\d+)[^;]*;");

    public String artefact(Version version) {
        return target.artefacts() + "/" + version + ".tar.gz";
    }

    public String releases() {
        return target.directory() + "/releases";
    }

    /** The directory's name tells two contents of one version apart. */
    public static String name(Release release) {
        return release.version() + "-" + release.abbreviated();
    }

    public String release(Release release) {
        return releases() + "/" + name(release);
    }

    /** Says in full which release a directory holds; stands there before the directory does. */
    public String identity(Release release) {
        return release(release) + ".json";
    }

    /** Which releases were kept, and since when. */
    public String record() {
        return target.releaseList();
    }

    public String slots() {
        return target.directory() + "/slots";
    }

    public String slot(Colour colour) {
        return slots() + "/" + colour.word();
    }

    public String logs() {
        return target.directory() + "/logs";
    }

    public int port(Colour colour) {
        return colour.port(target.ports());
    }

    /** As people read it: {@code green, port 4102}. */
    public String where(Colour colour) {
        return colour.word() + ", port " + port(colour);
    }

    /** Without {@code .service}. */
    public String service(Colour colour) {
        return "windlass-" + app + "-" + environment + "-" + colour.word();
    }

    public String definitionFile(Colour colour) {
        return switch (target.supervisor()) {
            case Supervisor.Systemd systemd -> "/etc/systemd/system/" + service(colour) + ".service";
            case Supervisor.Supervisord supervisord -> supervisord.programs() + "/" + service(colour) + ".conf";
        };
    }

    public String url(Colour colour, String path) {
        return "http://127.0.0.1:" + port(colour) + path;
    }

    public String upstreamText(Colour colour) {
        return "# Written by Windlass: " + app + " " + environment + ", slot " + colour.word()
                + ". Do not edit: the next deploy writes it anew.\nupstream "
                + target.nginx().upstream() + " {\n    server 127.0.0.1:" + port(colour) + ";\n}\n";
    }

    /** Whether traffic goes to a slot and to something else as well: nobody can say then what serves. */
    public boolean sharesTraffic(String upstreamText) {
        List<String> ports = SERVER.matcher(COMMENT.matcher(upstreamText).replaceAll(""))
                .results()
                .map(server -> server.group(1))
                .distinct()
                .toList();
        return ports.size() > 1
                && Stream.of(Colour.values()).anyMatch(colour -> ports.contains(String.valueOf(port(colour))));
    }

    /** The slot that an upstream file sends traffic to; empty when it names another port, or several. */
    public Optional<Colour> colourIn(String upstreamText) {
        Matcher server = SERVER.matcher(COMMENT.matcher(upstreamText).replaceAll(""));
        if (!server.find()) {
            return Optional.empty();
        }
        String port = server.group(1);
        if (server.find()) {
            return Optional.empty();
        }
        for (Colour colour : Colour.values()) {
            if (port.equals(String.valueOf(port(colour)))) {
                return Optional.of(colour);
            }
        }
        return Optional.empty();
    }

    /** The slot that a step of a plan acts on, by the first effect that names one. */
    public Optional<Colour> colourIn(Step step) {
        return step.effects().stream()
                .flatMap(effect -> Stream.of(Colour.values()).filter(colour -> names(effect, colour)))
                .findFirst();
    }

    private boolean names(Effect effect, Colour colour) {
        String address = "127.0.0.1:" + port(colour);
        return switch (effect) {
            case Effect.HttpCall call -> call.url().contains(address + "/");
            case Effect.Command command ->
                command.argv().stream()
                                .anyMatch(word ->
                                        word.contains(service(colour)) || word.equals("sport = :" + port(colour)))
                        || command.input() instanceof Channel.Text text
                                && text.text().contains(address + ";");
            case Effect.Sql sql -> false;
            case Effect.ObjectCall call -> false;
            case Effect.DnsQuery query -> false;
        };
    }

    /** How somebody reads what the service printed. */
    public String readItsLog(Colour colour) {
        return switch (target.supervisor()) {
            case Supervisor.Systemd systemd -> "journalctl -u " + service(colour);
            case Supervisor.Supervisord supervisord -> "tail " + log(colour);
        };
    }

    public String log(Colour colour) {
        return logs() + "/" + colour.word() + ".log";
    }
}
