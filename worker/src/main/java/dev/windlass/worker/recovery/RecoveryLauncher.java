package dev.windlass.worker.recovery;

import dev.windlass.runbooks.config.Problem;
import dev.windlass.runbooks.recovery.CredentialFile;
import dev.windlass.runbooks.recovery.RecoveryCredential;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code windlass recover vps}: the second main class of the worker's jar. It leads the recovery of a machine from this one,
 * and asks nothing of what was lost. Variables: {@code TEMPORAL_CLI} the pinned temporal binary, {@code WINDLASS_WORKER_JAR}
 * this jar, which is sent to the target.
 */
public final class RecoveryLauncher {
    private RecoveryLauncher() {}

    public static void main(String[] words) {
        if (List.of(words).contains("--help") || List.of(words).contains("-h")) {
            System.out.print(LaunchArguments.HELP);
            return;
        }
        int exitCode = exitCodeOf(List.of(words), System.getenv());
        System.out.flush();
        // Pollers and a server's watcher may still be about.
        System.exit(exitCode);
    }

    private static int exitCodeOf(List<String> words, Map<String, String> environment) {
        try {
            return launch(LaunchArguments.parse(words, environment), environment);
        } catch (LaunchRefusedException refused) {
            System.err.println(refused.getMessage());
            return refused.exitCode();
        }
    }

    private static int launch(LaunchArguments arguments, Map<String, String> environment) {
        RecoveryCredential credential = read(arguments.credential());
        Path temporal = program(environment.get("TEMPORAL_CLI"), "TEMPORAL_CLI", "the pinned temporal binary");
        Path jar = program(environment.get("WINDLASS_WORKER_JAR"), "WINDLASS_WORKER_JAR", "the worker's jar");
        LeadHome home = LeadHome.open(arguments.state());
        home.requireAlone();
        new HostKeys(home, RecoveryLauncher::isConfirmed).pin(arguments.target(), arguments.hostKey());
        new SshConfiguration(home, arguments.sshKey(), environment).write();
        KitFile kit = KitFile.of(home, Path.of(System.getProperty("java.home")), jar);
        try (LocalTemporal server = LocalTemporal.start(home, temporal);
                LeadWorker worker = LeadWorker.start(home, server, kit, temporal, credential)) {
            return new LeadRun(arguments, credential.bucket(), server, worker, home).follow();
        }
    }

    private static RecoveryCredential read(Path file) {
        CredentialFile.Reading reading = CredentialFile.read(file);
        return reading.credential()
                .orElseThrow(() -> new LaunchRefusedException(
                        "the recovery credential cannot be used:\n"
                                + reading.problems().stream().map(Problem::text).collect(Collectors.joining("\n")),
                        "correct all of this, then start again with the same words",
                        ExitCodes.USAGE));
    }

    private static Path program(@Nullable String given, String variable, String what) {
        return Optional.ofNullable(given)
                .map(Path::of)
                .filter(Files::isReadable)
                .orElseThrow(() -> new LaunchRefusedException(
                        what + " is not where " + variable + " says",
                        "start it through bin/windlass, which finds it",
                        ExitCodes.USAGE));
    }

    /** No where there is no terminal to ask at. */
    private static boolean isConfirmed(String question) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        System.err.print(question + " [yes/no] ");
        System.err.flush();
        String answer = console.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
    }
}
