package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs or fences a step's command in a JVM of its own, which the tests then kill. */
final class WorkerInSmall {
    static final String SECRET = "hunter2 \"$HOME\" \\ 'ü'";

    private WorkerInSmall() {}

    /** @param arguments workflow id, run id, step id, then {@code run} and an argv, or {@code fence} */
    public static void main(String[] arguments) {
        StepToken token = new StepToken(arguments[0], arguments[1], new StepId(arguments[2]));
        StepContext context = Commands.context(token, progress -> {});
        Launcher launcher = Launchers.detect();
        CommandShell shell = new CommandShell(launcher, reference -> SECRET, new PlainSealedFiles(Long.MAX_VALUE));
        if (arguments[3].equals("fence")) {
            System.out.println(launcher.getClass().getSimpleName() + " ended " + shell.fence(context));
            return;
        }
        List<String> argv = List.of(arguments).subList(4, arguments.length);
        Command command = Commands.command(
                argv, Map.of("PGPASSWORD", new SecretReference("env:X")), Commands.NONE, Commands.NONE);
        CommandResult result = shell.run(command, context);
        result.output().forEach(System.out::println);
        System.out.println(result.summary());
        System.exit(result.exitCode());
    }

    /** The words that start it with a JDK and on this test's class path. */
    static List<String> words(StepToken token, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WorkerInSmall.class.getName(),
                token.workflowId(),
                token.runId(),
                token.step().value()));
        words.addAll(List.of(arguments));
        return words;
    }
}
