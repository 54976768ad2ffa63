package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.recovery.SshCommands;
import dev.windlass.runbooks.recovery.WindlassEffects;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Windlass itself on the machine that was recovered, out of the kit that this worker was started from. */
final class WindlassInstall {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

    /** What was being unpacked when the laptop was lost. */
    private static final String UNFINISHED = ".part";

    private final Shell shell;
    private final StepContext context;

    WindlassInstall(Shell shell, StepContext context) {
        this.shell = shell;
        this.context = context;
    }

    void install(Step step) {
        shell.fence(context);
        Step known = step.fill(Slots.of(SshCommands.KIT, kit()).with(SshCommands.SERVER, server()));
        for (Command command : known.commands()) {
            if (command.access() == Access.CHANGES) {
                shell.run(command, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND);
            } else {
                until("windlass-temporal", () -> {
                    CommandResult result = shell.run(command, context);
                    return result.isSuccess() ? Optional.empty() : Optional.of(result.summary());
                });
            }
        }
    }

    void start(Step step) {
        shell.fence(context);
        List<String> missing = new ArrayList<>();
        for (Command command : step.commands()) {
            if (command.access() == Access.READS && !shell.run(command, context).isSuccess()) {
                missing.add(secret(command));
            }
        }
        if (!missing.isEmpty()) {
            throw VpsFailures.workerNeeds(missing);
        }
        step.commands().stream()
                .filter(command -> command.access() == Access.CHANGES)
                .forEach(command -> shell.run(command, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND));
        step.effects().stream()
                .filter(HttpCall.class::isInstance)
                .map(HttpCall.class::cast)
                .forEach(call -> until("windlass-worker", () -> ask(call)));
    }

    /** What a person looks for: the file, or the variable and the file that it belongs into. */
    private static String secret(Command look) {
        return look.program().equals("grep")
                ? look.argv().get(look.argv().size() - 2).replaceAll("[\\^=]", "") + " in "
                        + look.argv().getLast()
                : look.argv().getLast();
    }

    private Optional<String> ask(HttpCall call) {
        context.begun(call);
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ONE_ANSWER).build()) {
            int status = client.send(
                            HttpRequest.newBuilder(URI.create(call.url()))
                                    .timeout(ONE_ANSWER)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == 200 ? Optional.empty() : Optional.of("status " + status);
        } catch (IOException silent) {
            return Optional.of("nobody answers at " + call.url());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** @param look says why it is not so yet */
    private void until(String unit, Supplier<Optional<String>> look) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> why = look.get();
        while (why.isPresent()) {
            if (System.nanoTime() > deadline) {
                throw VpsFailures.doesNotAnswer(unit, why.get());
            }
            context.pulse().beat(Progress.of(unit));
            pause();
            why = look.get();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service started", stopping);
        }
    }

    /** This worker runs on the kit's own Java. */
    private static String kit() {
        Path java = Path.of(System.getProperty("java.home"));
        return Objects.requireNonNull(java.getParent()).getFileName().toString();
    }

    private static String server() {
        Path kits = Path.of(WindlassEffects.KITS);
        try (Stream<Path> sent = Files.list(kits)) {
            return sent.filter(each -> !each.toString().endsWith(UNFINISHED))
                    .filter(each -> Files.isExecutable(each.resolve("temporal")))
                    .map(each -> each.getFileName().toString())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no Temporal was sent to " + kits));
        } catch (IOException unreadable) {
            throw new IllegalStateException("what was sent cannot be read", unreadable);
        }
    }
}
