package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Target.Drain;
import dev.windlass.runbooks.config.Target.Nginx;
import dev.windlass.runbooks.config.Target.Ports;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An environment whose target is {@code process}. */
final class ProcessReader {
    private enum Kind {
        SYSTEMD,
        SUPERVISORD
    }

    /** Below 1024 a user that is not root may not listen. */
    private static final Form<Integer> PORT = Forms.number(1024, 65535);

    /** A step of a run ends before a quarter of an hour, and both graces are waited for when the old version stops. */
    private static final Form<Duration> GRACE = ProcessForms.time(Duration.ZERO, Duration.ofMinutes(5));

    private static final String SYSTEM_SUPERVISORD = "/etc/supervisor/supervisord.conf";

    private final Section section;

    ProcessReader(Section section) {
        this.section = section;
    }

    ProcessTarget read() {
        Optional<String> environmentFile = section.find("environment_file", ProcessForms.PLAIN_PATH);
        Supervisor supervisor = supervisor();
        if (environmentFile.isPresent() && supervisor instanceof Supervisor.Supervisord) {
            section.report(
                    "environment_file",
                    "is for systemd: supervisord cannot read variables from a file",
                    "let the command read it, as node --env-file=" + environmentFile.get() + " does");
        }
        ProcessTarget target = new ProcessTarget(
                section.need("artefacts", ProcessForms.PLAIN_PATH),
                section.need("directory", ProcessForms.PLAIN_PATH),
                command(),
                section.need("user", ProcessForms.SYSTEM_USER),
                Sorted.copyOf(section.values("environment", ProcessForms.VARIABLE_NAME, ProcessForms.VARIABLE_VALUE)),
                environmentFile,
                ports(),
                supervisor,
                nginx(section.section("nginx")),
                HealthReader.readHealth(section.section("health")),
                drain(section.section("drain")),
                HealthReader.readWatch(section.section("watch")),
                HealthReader.readKeptReleases(section));
        section.refuseOtherKeys();
        return target;
    }

    /** Two environments on one machine share no port, no directory and no upstream. */
    void requireAlone(ProcessTarget target, String whose, Map<String, String> taken) {
        requireAlone("ports", "port " + target.ports().blue(), whose, taken);
        requireAlone("ports", "port " + target.ports().green(), whose, taken);
        requireAlone("directory", "directory " + target.directory(), whose, taken);
        requireAlone("nginx", "upstream file " + target.nginx().upstreamFile(), whose, taken);
        requireAlone("nginx", "upstream " + target.nginx().upstream(), whose, taken);
    }

    private void requireAlone(String key, String what, String whose, Map<String, String> taken) {
        // What was missing or refused is reported already.
        if (what.contains("missing") || what.equals("port " + PORT.standIn())) {
            return;
        }
        String other = taken.putIfAbsent(what, whose);
        if (other != null && !other.equals(whose)) {
            section.report(key, what + " is used by " + other + " as well", "choose another one here");
        }
    }

    private List<String> command() {
        List<String> words = section.words("command", ProcessForms.WORD);
        if (words.isEmpty() && !section.hasItems("command")) {
            section.report("command", "is missing", "write the program and its arguments, as in [node, dist/main.js]");
        }
        if (words.isEmpty()) {
            return List.of(ProcessForms.WORD.standIn());
        }
        // systemd reads some characters at the beginning of a program as instructions of its own.
        if (!words.getFirst().matches("[A-Za-z0-9_./][A-Za-z0-9_./+-]*")) {
            section.report(
                    "command",
                    "begins with \"" + words.getFirst() + "\", which cannot be a program",
                    "write the program first, each argument as an item of its own");
        }
        return words;
    }

    private Ports ports() {
        int before = section.problemCount();
        List<Integer> ports = section.list("ports", PORT);
        if (ports.size() != 2) {
            if (section.problemCount() == before) {
                section.report("ports", "are not two", "write one for each slot, as in [4101, 4102]");
            }
            return new Ports(PORT.standIn(), PORT.standIn());
        }
        return new Ports(ports.getFirst(), ports.getLast());
    }

    private Supervisor supervisor() {
        Kind kind = section.get("supervisor", Forms.choice(Kind.class), Kind.SYSTEMD);
        Optional<Section> settings = section.findSection("supervisord");
        return switch (kind) {
            case SYSTEMD -> {
                if (settings.isPresent()) {
                    section.report(
                            "supervisord",
                            "is not used while supervisor is systemd",
                            "write supervisor: supervisord, or remove it");
                }
                yield new Supervisor.Systemd();
            }
            case SUPERVISORD -> supervisord(settings.orElseGet(() -> section.section("supervisord")));
        };
    }

    private static Supervisor supervisord(Section section) {
        Supervisor supervisor = new Supervisor.Supervisord(
                section.get("config", ProcessForms.PLAIN_PATH, SYSTEM_SUPERVISORD),
                section.get("programs", ProcessForms.PLAIN_PATH, "/etc/supervisor/conf.d"));
        section.refuseOtherKeys();
        return supervisor;
    }

    private static Nginx nginx(Section section) {
        Nginx nginx = new Nginx(
                section.need("upstream", ProcessForms.UPSTREAM_NAME),
                section.need("upstream_file", ProcessForms.PLAIN_PATH),
                section.find("config", ProcessForms.PLAIN_PATH),
                section.need("log", ProcessForms.PLAIN_PATH),
                section.find("check", NetworkForms.PAGE));
        section.refuseOtherKeys();
        return nginx;
    }

    private static Drain drain(Section section) {
        Drain drain = new Drain(
                section.get("requests", GRACE, Duration.ofSeconds(30)),
                section.get("websockets", GRACE, Duration.ofSeconds(10)));
        section.refuseOtherKeys();
        return drain;
    }
}
