package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SealedReceipt;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.commons.exec.ExecuteException;

/** Runs programs on this machine through Commons Exec, so that no step leaves one behind and none half-writes a file. */
public final class CommandShell implements Shell {
    private static final HostName LOCAL = new HostName("local");
    private static final Duration LETTING_GO = Duration.ofSeconds(10);

    private final Launcher launcher;
    private final Secrets secrets;
    private final Channels channels;
    private final StepLogs logs;
    /** How many commands of each program an attempt has started; an attempt ends when nobody holds its context. */
    private final Map<StepContext, Map<String, Integer>> started = new WeakHashMap<>();

    public CommandShell(Launcher launcher, Secrets secrets, SealedFiles sealedFiles) {
        this(launcher, secrets, sealedFiles, StepLogs.none());
    }

    public CommandShell(Launcher launcher, Secrets secrets, SealedFiles sealedFiles, StepLogs logs) {
        this.launcher = launcher;
        this.logs = logs;
        this.secrets = secrets;
        this.channels = new Channels(sealedFiles);
    }

    @Override
    public CommandResult run(Command command, StepContext context, InputWatch watch) {
        requireLocal(command);
        SortedMap<String, String> resolved = new TreeMap<>();
        command.secrets().forEach((variable, reference) -> resolved.put(variable, secrets.resolve(reference)));
        Launch launch = next(command, context);
        SortedMap<String, String> environment =
                Environment.of(command.environment(), resolved, launcher.marksOf(launch));
        Prepared prepared = new Prepared(
                command,
                launch,
                launcher.wordsFor(launch, command.argv()),
                environment,
                resolved.values().stream()
                        .flatMap(secret -> Stream.of(secret, Environment.encoded(secret)))
                        .distinct()
                        .toList());
        requireInstalled(prepared);
        // A step that was cancelled before it began begins nothing.
        context.pulse().beat(progress(prepared, 0));
        context.begun(command);
        CommandResult result = runOnce(prepared, context, watch);
        if (launcher.isRefusal(launch, result.exitCode(), result.errorTail())) {
            // Nothing was started, so this is still the one effect that was announced.
            launcher.end(launch, Optional.empty());
            result = runOnce(prepared, context, watch);
        }
        return result;
    }

    @Override
    public int fence(StepContext context) {
        return launcher.endAll(context.token());
    }

    private CommandResult runOnce(Prepared prepared, StepContext context, InputWatch watch) {
        Command command = prepared.command();
        StepLogs.StepLog log = logs.open(context, command, prepared.secrets());
        String ending = "it did not end by itself";
        ErrorTail errors = new ErrorTail(prepared.secrets(), log);
        try (InputStream source = new WatchedInput(channels.openInput(command.input()), watch);
                Sink sink = LoggedSink.of(channels.openOutput(command.output()), log)) {
            RunningCommand running = start(prepared, source, sink, errors);
            int exitCode = waitFor(running, prepared, context);
            ending = "exit code " + exitCode;
            // A clean end of file proves nothing: only the exit code tells that the output is whole.
            Optional<SealedReceipt> receipt = command.isSuccess(exitCode) ? commit(sink, command) : Optional.empty();
            return new CommandResult(command.program(), exitCode, sink.lines(), errors.lines(), receipt);
        } catch (IOException unclosable) {
            throw StreamFailures.reading(Channels.describe(command.input()), unclosable);
        } finally {
            log.close(ending);
        }
    }

    private static RunningCommand start(Prepared prepared, InputStream source, Sink sink, ErrorTail errors) {
        try {
            return RunningCommand.start(
                    prepared.words(), prepared.environment(), source, sink, errors, prepared.command()::isSuccess);
        } catch (IOException refused) {
            throw notStarted(prepared, refused);
        }
    }

    private int waitFor(RunningCommand running, Prepared prepared, StepContext context) {
        try {
            return running.await(() -> context.pulse().beat(progress(prepared, running.bytesDone())));
        } catch (ExecutionException failed) {
            end(running, prepared);
            throw meaningOf(Objects.requireNonNullElse(failed.getCause(), failed), prepared);
        } catch (InterruptedException stopping) {
            end(running, prepared);
            Thread.currentThread().interrupt();
            throw new Failure(
                            FailureType.COMMAND_FAILED,
                            prepared.command().program() + " was killed because the worker is stopping",
                            "nothing to do: the step is retried when a worker runs again",
                            "backup.md#command-failed")
                    .asException();
        } catch (RuntimeException cancelled) {
            end(running, prepared);
            throw cancelled;
        }
    }

    private void end(RunningCommand running, Prepared prepared) {
        launcher.end(prepared.launch(), running.pid());
        running.letGo(LETTING_GO);
    }

    private static Optional<SealedReceipt> commit(Sink sink, Command command) {
        try {
            return sink.commit();
        } catch (IOException unwritable) {
            throw StreamFailures.writing(Channels.describe(command.output()), unwritable);
        }
    }

    private static RuntimeException meaningOf(Throwable cause, Prepared prepared) {
        return switch (cause) {
            case RuntimeException ours -> ours;
            case SourceException source ->
                StreamFailures.reading(Channels.describe(prepared.command().input()), source.reason());
            case ExecuteException refused -> notStarted(prepared, refused);
            case IOException unwritable ->
                StreamFailures.writing(Channels.describe(prepared.command().output()), unwritable);
            case Error fatal -> throw fatal;
            default -> new IllegalStateException(cause);
        };
    }

    private static RuntimeException notStarted(Prepared prepared, IOException cause) {
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        prepared.command().program() + " could not be started: " + Failure.messageOf(cause),
                        "check the limits on processes and memory of this machine, then retry the step",
                        "backup.md#command-failed")
                .asException(cause);
    }

    private Launch next(Command command, StepContext context) {
        synchronized (started) {
            int index = started.computeIfAbsent(context, attempt -> new HashMap<>())
                    .merge(command.program(), 1, Integer::sum);
            return new Launch(context.token(), command.program(), index);
        }
    }

    private static Progress progress(Prepared prepared, long bytes) {
        return new Progress(prepared.command().program(), bytes, Optional.empty(), "bytes", "");
    }

    private static void requireInstalled(Prepared prepared) {
        String path = prepared.environment().getOrDefault("PATH", Environment.PATH);
        InstalledPrograms.require(prepared.command(), path);
        InstalledPrograms.require(prepared.words().getFirst(), Environment.PATH);
    }

    private static void requireLocal(Command command) {
        if (!command.host().equals(LOCAL)) {
            throw new Failure(
                            FailureType.CONFIGURATION,
                            "command " + command.program() + " is meant for host " + command.host()
                                    + ", and this worker runs commands on its own machine only",
                            "use host local, or run a worker there",
                            "backup.md#configuration")
                    .asException();
        }
    }

    private record Prepared(
            Command command,
            Launch launch,
            List<String> words,
            SortedMap<String, String> environment,
            List<String> secrets) {}
}
