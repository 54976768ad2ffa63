package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessCommands;
import dev.windlass.runbooks.deploy.ProcessLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the supervisor says of the slots' services. */
final class Services {
    private static final Pattern LISTENER = Pattern.compile("\\(\"([^\"]*)\",pid=(\\d+)");

    private final ProcessLayout layout;
    private final ProcessCommands commands;
    private final Shell shell;
    private final StepContext context;

    Services(ProcessLayout layout, Shell shell, StepContext context) {
        this.layout = layout;
        this.commands = new ProcessCommands(layout);
        this.shell = shell;
        this.context = context;
    }

    /**
     * @param words the supervisor's own
     * @param pid of its main process while it runs
     */
    record State(String words, Optional<Long> pid, boolean isKnown) {
        boolean isRunning() {
            return pid.isPresent();
        }
    }

    State state(Colour colour) {
        CommandResult result = shell.run(commands.lookAtService(colour), context);
        return switch (layout.target().supervisor()) {
            case Supervisor.Systemd systemd -> ofSystemd(result);
            case Supervisor.Supervisord supervisord -> ofSupervisord(colour, result);
        };
    }

    private static State ofSystemd(CommandResult result) {
        String active = value(result, "ActiveState");
        String pid = value(result, "MainPID");
        return new State(
                active.isEmpty() ? result.summary() : active,
                pid.isEmpty() || pid.equals("0") ? Optional.empty() : Optional.of(Long.parseLong(pid)),
                !value(result, "LoadState").equals("not-found") && result.isSuccess());
    }

    private static String value(CommandResult result, String property) {
        return result.output().stream()
                .filter(line -> line.startsWith(property + "="))
                .map(line -> line.substring(property.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** {@code NAME STATE pid 12, uptime …}; {@code NAME: ERROR (no such process)}; or that supervisord is not there. */
    private State ofSupervisord(Colour colour, CommandResult result) {
        String line = String.join(" ", result.output());
        if (!line.startsWith(layout.service(colour))) {
            throw DeployFailures.supervisorDoesNotAnswer(result);
        }
        if (line.contains("no such process") || line.contains("no such group")) {
            return new State("not known to supervisord", Optional.empty(), false);
        }
        String[] words = line.strip().split("\\s+", 3);
        return new State(words.length > 1 ? words[1].toLowerCase(Locale.ROOT) : line, process(colour), true);
    }

    private Optional<Long> process(Colour colour) {
        return commands.lookForProcess(colour)
                .flatMap(
                        command -> shell.run(command, context).output().stream().findFirst())
                .map(String::strip)
                .filter(line -> line.matches("[1-9]\\d{0,8}"))
                .map(Long::parseLong);
    }

    /** Whether the service's main process is at home in the release. */
    static boolean runsIn(State state, Path release) {
        return state.pid()
                .map(pid -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc", pid.toString(), "cwd"))
                                .equals(release.toRealPath());
                    } catch (IOException gone) {
                        return false;
                    }
                })
                .orElse(false);
    }

    /** Who has a slot's port that is not the slot's own service, in words; empty when nobody has. */
    Optional<String> strangerAt(Colour colour, State service) {
        List<String> strangers = new ArrayList<>();
        CommandResult listeners = shell.run(commands.listListeners(colour), context);
        if (!listeners.isSuccess()) {
            throw DeployFailures.commandFailed(listeners);
        }
        for (String line : listeners.output()) {
            List<String> here = LISTENER.matcher(line)
                    .results()
                    .filter(found -> !descends(Long.parseLong(found.group(2)), service.pid()))
                    .map(found -> found.group(1) + " (pid " + found.group(2) + ")")
                    .toList();
            boolean isNamed = LISTENER.matcher(line).find();
            strangers.addAll(isNamed ? here : List.of("a program of another user"));
        }
        return strangers.stream().findFirst();
    }

    private static boolean descends(long pid, Optional<Long> ancestor) {
        Optional<ProcessHandle> at = ProcessHandle.of(pid);
        while (at.isPresent()) {
            if (ancestor.isPresent() && at.get().pid() == ancestor.get()) {
                return true;
            }
            at = at.get().parent();
        }
        return false;
    }
}
