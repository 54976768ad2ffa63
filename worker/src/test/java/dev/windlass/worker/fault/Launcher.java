package dev.windlass.worker.fault;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.ServerMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code bin/windlass recover vps} on a laptop that has nothing but a credential and a key: a clean home, nobody at a terminal. */
final class Launcher implements AutoCloseable {
    static final String RUN = "recover-vps";

    private final Path home;
    private final List<String> words;
    private Optional<Path> hosts = Optional.empty();
    private int started;
    private @Nullable Process process;

    /** @param home is made */
    Launcher(Path home, ServerMachine target, Path credential, String... more) throws IOException {
        this.home = Files.createDirectory(home);
        this.words = new ArrayList<>(List.of(
                // Who runs the tests in the background lets them ignore Ctrl-C, and Java keeps to that.
                "env",
                "--default-signal=INT",
                Built.at("bin/windlass").toString(),
                "recover",
                "vps",
                target.address(),
                "--credential",
                credential.toString(),
                "--break-glass",
                "the disk is gone",
                "--host-key",
                target.hostKey(),
                "--ssh-key",
                target.key().toString(),
                "--state",
                home.resolve("state").toString()));
        words.addAll(List.of(more));
    }

    /** Names that it finds in this file, and no others. */
    void withHosts(Path file) {
        hosts = Optional.of(file);
    }

    /** Says the same words again. */
    void start() throws IOException {
        started++;
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(home.toFile())
                .redirectOutput(file("out").toFile())
                .redirectError(file("err").toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("USER", "ana");
        builder.environment().put("TEMPORAL_CLI", DevServer.binary().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        hosts.ifPresent(file -> builder.environment().put("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + file));
        builder.environment().remove("SSH_AUTH_SOCK");
        process = builder.start();
        process.getOutputStream().close();
    }

    /** Runs to its end. @return the exit code */
    int await(Duration limit) {
        try {
            if (!running().waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the launcher goes on for ever: " + err());
            }
            return running().exitValue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** With SIGKILL. What it had started lives on: its Temporal, its ssh. */
    void kill() {
        if (!running().isAlive()) {
            throw new AssertionError(
                    "the launcher ended by itself with " + running().exitValue() + ": " + err());
        }
        Processes.kill(List.of(running().pid()));
    }

    /** Ctrl-C. Nothing that it had started on this machine is left. */
    void interrupt() throws IOException {
        Processes.signal("INT", List.of(running().pid()));
        int exitCode = await(Duration.ofSeconds(60));
        if (exitCode != 130 || !err().contains("The same words again go on with it.")) {
            throw new AssertionError("ended with " + exitCode + ": " + err());
        }
        // What the target is doing goes on there, in sight of this machine.
        if (!Processes.running("ssh", RUN).isEmpty() || servers().stream().anyMatch(Processes::isAlive)) {
            throw new AssertionError(
                    "left behind: " + Processes.ofRun(RUN) + servers() + "\n" + err() + lastCommands());
        }
    }

    /** The laptop is gone, with all that ran on it. */
    void killTheLaptop() {
        kill();
        Processes.kill(servers());
        Processes.kill(Processes.ofRun(RUN).stream()
                .map(each -> Long.valueOf(each.split(" ")[0]))
                .toList());
    }

    /** A condition that comes while the launcher runs. */
    void eventually(String fact, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Eventually.holds(Duration.ofMinutes(4), Duration.ofMillis(10), fact, () -> {
                if (!running().isAlive()) {
                    throw new IllegalStateException(
                            "the launcher ended with " + running().exitValue());
                }
                return condition.call();
            });
        } catch (AssertionError notCome) {
            throw new AssertionError(notCome.getMessage() + "\n" + err() + lastCommands(), notCome);
        }
    }

    private String lastCommands() {
        try {
            List<String> lines = Files.readAllLines(home.resolve("state/logs/" + RUN + ".log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
        } catch (IOException none) {
            return "no commands";
        }
    }

    /** What it said on standard output in its last life. */
    String out() {
        return text("out");
    }

    String err() {
        return text("err");
    }

    private List<Long> servers() {
        try {
            Path running = home.resolve("state/temporal.running");
            return Files.exists(running)
                    ? List.of(Long.valueOf(Files.readString(running).split(" ")[0]))
                    : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path file(String name) {
        return home.resolve(name + "-" + started);
    }

    private String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the launcher was never started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        servers().stream()
                .map(ProcessHandle::of)
                .flatMap(java.util.Optional::stream)
                .filter(server -> server.info().commandLine().orElse("").contains(home.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
