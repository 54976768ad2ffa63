package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.workflows.deploy.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The service of one slot, as its supervisor reads it. The real directory of the release stands in it and not the slot's
 * link, so that a restart after a crash starts what ran before.
 */
final class ServiceDefinition {
    /** Beyond the drain, for the application's own end. */
    private static final int STOP_RESERVE_SECONDS = 10;

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ProcessLayout layout;
    private final Colour colour;
    private final Release release;
    private final ProcessTarget target;

    ServiceDefinition(ProcessLayout layout, Colour colour, Release release) {
        this.layout = layout;
        this.colour = colour;
        this.release = release;
        this.target = layout.target();
    }

    String text() {
        return switch (target.supervisor()) {
            case Supervisor.Systemd systemd -> unit();
            case Supervisor.Supervisord supervisord -> program();
        };
    }

    private String unit() {
        List<String> lines = new ArrayList<>();
        lines.add("# " + origin());
        lines.add("[Unit]");
        lines.add("Description=" + layout.app() + " " + layout.environment() + " " + release.version() + ", slot "
                + colour.word());
        lines.add("After=network.target");
        // It is started again for ever: a production service that gave up at 3 a.m. serves nobody at 4.
        lines.add("StartLimitIntervalSec=0");
        lines.add("");
        lines.add("[Service]");
        lines.add("Type=exec");
        lines.add("User=" + target.user());
        lines.add("WorkingDirectory=" + layout.release(release));
        variables().forEach((name, value) -> lines.add("Environment=" + quotedForSystemd(name + "=" + value)));
        target.environmentFile().ifPresent(file -> lines.add("EnvironmentFile=" + file));
        lines.add("ExecStart="
                + argv().stream()
                        .map(word -> quotedForSystemd(word).replace("$", "$$"))
                        .collect(Collectors.joining(" ")));
        lines.add("Restart=on-failure");
        lines.add("RestartSec=1");
        // What a Java program ends with after SIGTERM; others die of the signal, which systemd takes as an end.
        lines.add("SuccessExitStatus=143");
        lines.add("KillMode=mixed");
        lines.add("TimeoutStopSec=" + stopSeconds());
        lines.add("");
        lines.add("[Install]");
        lines.add("WantedBy=multi-user.target");
        return String.join("\n", lines) + "\n";
    }

    /** systemd.syntax(7): quoted words know backslashes, and % begins a specifier. */
    private static String quotedForSystemd(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + "\"";
    }

    private String program() {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=" + PATH, "LANG=C.UTF-8"));
        words.add("USER=" + target.user());
        variables().forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(argv());
        List<String> lines = new ArrayList<>();
        lines.add("; " + origin());
        lines.add("[program:" + layout.service(colour) + "]");
        // env: supervisord hands its own environment on, and its environment= cannot hold every value.
        lines.add("command="
                + words.stream().map(ServiceDefinition::quotedForSupervisord).collect(Collectors.joining(" ")));
        lines.add("directory=" + layout.release(release));
        lines.add("user=" + target.user());
        lines.add("autostart=true");
        lines.add("autorestart=unexpected");
        lines.add("startsecs=1");
        lines.add("startretries=1000000");
        lines.add("stopsignal=TERM");
        lines.add("stopasgroup=false");
        lines.add("killasgroup=true");
        lines.add("stopwaitsecs=" + stopSeconds());
        lines.add("stdout_logfile=" + layout.log(colour));
        lines.add("stdout_logfile_maxbytes=20MB");
        lines.add("stdout_logfile_backups=3");
        lines.add("redirect_stderr=true");
        return String.join("\n", lines) + "\n";
    }

    /**
     * supervisord expands %(…)s, takes " ;" and " #" for the beginning of a comment whatever the quotes, and then splits as
     * a POSIX shell does.
     */
    private static String quotedForSupervisord(String word) {
        String quoted = word.replace("%", "%%").replace("'", "'\\''").replaceAll("([ \\t])([;#])", "$1''$2");
        return word.matches("[A-Za-z0-9_@+=:,./-]+") ? quoted : "'" + quoted + "'";
    }

    private String origin() {
        return "Written by Windlass for " + layout.app() + " " + layout.environment() + " " + release.version() + " ("
                + release.content() + "). Do not edit: the next deploy writes it anew.";
    }

    private SortedMap<String, String> variables() {
        SortedMap<String, String> variables = new TreeMap<>(target.environment());
        variables.put("PORT", String.valueOf(layout.port(colour)));
        variables.put("APP_VERSION", release.version().value());
        return variables;
    }

    /** A program inside the release is named in full: neither supervisor looks for it there. */
    private List<String> argv() {
        List<String> argv = new ArrayList<>(target.command());
        String program = argv.getFirst();
        if (program.contains("/") && !program.startsWith("/")) {
            argv.set(0, layout.release(release) + "/" + (program.startsWith("./") ? program.substring(2) : program));
        }
        return argv;
    }

    private long stopSeconds() {
        return target.drain().requests().toSeconds()
                + target.drain().webSockets().toSeconds()
                + STOP_RESERVE_SECONDS;
    }
}
