package dev.windlass.activities.shell;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.Pulse;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Builds commands and steps for the tests of the shell. */
final class Commands {
    static final Channel NONE = new Channel.None();

    private Commands() {}

    static Command of(String... argv) {
        return command(List.of(argv), Map.of(), NONE, NONE);
    }

    /** Only tests may hand a string to a shell: the scripts play programs that misbehave. */
    static Command script(String script) {
        return of("bash", "-c", script);
    }

    static Command command(List<String> argv, Map<String, SecretReference> secrets, Channel input, Channel output) {
        return new Command(
                Access.CHANGES, new HostName("local"), argv, new TreeMap<>(), new TreeMap<>(secrets), input, output);
    }

    static Command writing(Channel output, String script) {
        return command(List.of("bash", "-c", script), Map.of(), NONE, output);
    }

    static Command reading(Channel input, String... argv) {
        return command(List.of(argv), Map.of(), input, NONE);
    }

    static Channel sealed(Path file) {
        return new Channel.SealedFile(file.toString(), 3, List.of("age1recipient"));
    }

    static StepToken newToken() {
        return new StepToken("test", UUID.randomUUID().toString(), StepId.of("dump", "orders"));
    }

    static StepContext context(StepToken token, Pulse pulse) {
        return new StepContext(token, pulse, EffectJournal.none());
    }

    static StepContext context() {
        return context(newToken(), progress -> {});
    }
}
