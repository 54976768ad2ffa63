package dev.windlass.activities.deploy;

import dev.windlass.runbooks.deploy.ProcessLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The nginx of a configuration, as its processes show it: their titles are nginx's own (src/os/unix/ngx_process_cycle.c). */
final class Nginx {
    /** What the packages of Debian and Ubuntu are built with. */
    private static final String DEFAULT_CONFIG = "/etc/nginx/nginx.conf";

    private static final String DEFAULT_PID = "/run/nginx.pid";
    private static final Pattern PID = Pattern.compile("^\\s*pid\\s+\"?(/[^;\"]+?)\"?\\s*;", Pattern.MULTILINE);

    private final String pidFile;

    Nginx(ProcessLayout layout) {
        String config = layout.target().nginx().config().orElse(DEFAULT_CONFIG);
        Matcher pid = PID.matcher(ProcessState.text(Path.of(config)).orElse(""));
        this.pidFile = pid.find() ? pid.group(1) : DEFAULT_PID;
    }

    long requireRunning() {
        return master().orElseThrow(() -> DeployFailures.nginxDoesNotRun(pidFile));
    }

    private Optional<Long> master() {
        return ProcessState.text(Path.of(pidFile))
                .map(String::strip)
                .filter(pid -> pid.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .filter(pid -> title(pid).contains("nginx"));
    }

    /** Those that take connections: after a reload the earlier ones only finish what they have. */
    Set<Long> workers() {
        return ProcessHandle.of(requireRunning()).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .filter(pid -> title(pid).startsWith("nginx: worker process")
                        && !title(pid).contains("is shutting down"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String title(long pid) {
        try {
            byte[] words = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "cmdline"));
            return new String(words, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
