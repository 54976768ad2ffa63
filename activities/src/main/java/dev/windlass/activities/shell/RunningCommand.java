package dev.windlass.activities.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.jspecify.annotations.Nullable;

/** A program that runs while its starter waits, looks at the clock, and may lose patience. */
final class RunningCommand {
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private final CompletableFuture<Void> launched = new CompletableFuture<>();
    private final CommandStreams streams;
    private volatile @Nullable Process process;

    private final IntPredicate isSuccess;

    private RunningCommand(InputStream source, Sink sink, ErrorTail errors, IntPredicate isSuccess) {
        this.isSuccess = isSuccess;
        this.streams = new CommandStreams(source, sink, errors, ended::completeExceptionally);
    }

    /** Returns when the program runs, or cannot: one that is yet to start could not be ended. */
    static RunningCommand start(
            List<String> words,
            Map<String, String> environment,
            InputStream source,
            Sink sink,
            ErrorTail errors,
            IntPredicate isSuccess)
            throws IOException {
        RunningCommand running = new RunningCommand(source, sink, errors, isSuccess);
        CommandLine line = new CommandLine(words.getFirst());
        words.subList(1, words.size()).forEach(word -> line.addArgument(word, false));
        DefaultExecutor executor = running.new KnownProcessExecutor();
        executor.setStreamHandler(running.streams);
        executor.setExitValues(null);
        executor.execute(line, environment, running.new Ended());
        running.launched.join();
        return running;
    }

    /**
     * @param everySecond may throw, and so end the wait
     * @return the exit code, 128 + n after signal n
     * @throws ExecutionException what went wrong at our end of a stream, or why the program could not be started
     */
    int await(Runnable everySecond) throws ExecutionException, InterruptedException {
        while (true) {
            try {
                return ended.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException stillRunning) {
                everySecond.run();
            }
        }
    }

    Optional<Long> pid() {
        return Optional.ofNullable(process).map(Process::pid);
    }

    long bytesDone() {
        return streams.bytesDone();
    }

    /** After the tree was killed: waits until our threads have let go of the files, within a limit. */
    void letGo(Duration limit) {
        streams.abandon();
        left.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Commons Exec keeps the process to itself; its id is needed to end the group. */
    @SuppressWarnings("deprecation") // The builder cannot build a subclass.
    private final class KnownProcessExecutor extends DefaultExecutor {
        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path ignored)
                throws IOException {
            // "/" is a directory that every user may be in; the worker's own may be closed to the program's user.
            try {
                Process running = super.launch(command, environment, Path.of("/"));
                process = running;
                var unused = running.onExit().thenAccept(gone -> {
                    if (!isSuccess.test(gone.exitValue())) {
                        streams.programFailed();
                    }
                });
                return running;
            } catch (Throwable refused) {
                // Here and not by Commons Exec, which tells nobody of an Error such as one thread too many.
                ended.completeExceptionally(new ExecuteException("not started", INVALID_EXITVALUE, refused));
                left.complete(null);
                throw refused;
            } finally {
                launched.complete(null);
            }
        }
    }

    private final class Ended implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int exitCode) {
            ended.complete(exitCode);
            left.complete(null);
        }

        @Override
        public void onProcessFailed(ExecuteException failure) {
            ended.completeExceptionally(failure);
            left.complete(null);
        }
    }
}
