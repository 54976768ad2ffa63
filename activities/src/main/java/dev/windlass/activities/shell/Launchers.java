package dev.windlass.activities.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/** Chooses how programs are started on this machine. */
public final class Launchers {
    private static final Duration SYSTEMCTL_LIMIT = Duration.ofSeconds(30);

    private Launchers() {}

    /** Transient systemd units where systemd runs the machine and we may ask it to; process groups elsewhere. */
    public static Launcher detect() {
        return detect(Path.of("/"), isRoot());
    }

    static Launcher detect(Path root, boolean asRoot) {
        // The directory is how sd_booted(3) tells that PID 1 is systemd.
        boolean systemd = Files.isDirectory(root.resolve("run/systemd/system"))
                && Files.isExecutable(root.resolve("usr/bin/systemd-run"));
        return systemd && asRoot ? new SystemdLauncher(Launchers::systemctl) : new ProcessGroupLauncher();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException noProc) {
            return false;
        }
    }

    private static void systemctl(String... words) {
        CommandLine line = new CommandLine("systemctl").addArguments(words, false);
        DefaultExecutor executor = DefaultExecutor.builder()
                .setExecuteStreamHandler(new PumpStreamHandler(null, null))
                .setWorkingDirectory(Path.of("/"))
                .get();
        executor.setExitValues(null);
        executor.setWatchdog(
                ExecuteWatchdog.builder().setTimeout(SYSTEMCTL_LIMIT).get());
        try {
            executor.execute(line);
        } catch (IOException cannotRun) {
            throw new UncheckedIOException("systemctl " + String.join(" ", words) + " could not be run", cannotRun);
        }
    }
}
