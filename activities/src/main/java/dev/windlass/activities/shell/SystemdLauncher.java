package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transient systemd unit per command, named by step and not by attempt: systemd refuses a second one while the first
 * lives, and ends it by its control group, which no process can leave.
 *
 * <p>The unit is a scope, not a service. The program stays our child, so its exit status is exact: {@code systemd-run --wait}
 * reports a service that died of SIGTERM as success. It inherits environment and pipes, so secrets reach neither argv
 * nor D-Bus, and arguments are not expanded. And what it leaves running on purpose (a scratch cluster behind {@code
 * pg_ctl}) lives on until the step is fenced, where a service would kill it when {@code pg_ctl} ends.
 */
final class SystemdLauncher implements Launcher {
    private final Systemctl systemctl;
    private final ProcessGroupLauncher processes = new ProcessGroupLauncher();

    SystemdLauncher(Systemctl systemctl) {
        this.systemctl = systemctl;
    }

    @Override
    public List<String> wordsFor(Launch launch, List<String> argv) {
        List<String> words = new ArrayList<>(List.of(
                "setsid",
                "systemd-run",
                "--scope",
                "--quiet",
                "--collect",
                "--unit=" + unit(launch),
                "--description=Windlass: " + launch.program() + " of step "
                        + launch.token().step(),
                "--"));
        words.addAll(argv);
        return words;
    }

    @Override
    public boolean isRefusal(Launch launch, int exitCode, List<String> errorTail) {
        return exitCode == 1
                && errorTail.stream()
                        .anyMatch(line -> line.startsWith("Failed to start transient scope unit: Unit " + unit(launch))
                                && (line.contains("was already loaded") || line.contains("already exists")));
    }

    @Override
    public int end(Launch launch, Optional<Long> leader) {
        return end(unit(launch), unit(launch)) + processes.end(launch, leader);
    }

    @Override
    public int endAll(StepToken token) {
        // Processes that left nothing but a token (started by hand inside the step, or before systemd-run moved them).
        return end(token.abbreviated() + "-*.scope", token.abbreviated() + "-") + processes.endAll(token);
    }

    /** Exit codes say nothing here (no such unit is fine); the process table is what counts. */
    private int end(String pattern, String inControlGroups) {
        int living =
                ProcessTable.find(process -> isIn(inControlGroups, process)).size();
        systemctl.run("kill", "--signal=KILL", pattern);
        int stragglers = ProcessTable.end("units " + pattern, process -> isIn(inControlGroups, process));
        // A scope can outlive its last process: on cgroup v1 inside a container nobody tells systemd that it is empty.
        systemctl.run("stop", pattern);
        systemctl.run("reset-failed", pattern);
        return Math.max(living, stragglers);
    }

    private static boolean isIn(String controlGroup, RunningProcess process) {
        return process.controlGroups().contains("/" + controlGroup);
    }

    private static String unit(Launch launch) {
        return launch.name() + ".scope";
    }

    /** Runs systemctl with these words, to its end. */
    @FunctionalInterface
    interface Systemctl {
        void run(String... words);
    }
}
