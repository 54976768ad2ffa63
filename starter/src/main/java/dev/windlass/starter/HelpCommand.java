package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "help",
        header = "Help on a command or a topic: exit-codes, connection.",
        description = "%nWithout a word: what windlass --help prints.",
        footer = {"%nExample:%n  windlass help exit-codes"})
final class HelpCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "exit-codes, connection, or a command's words.")
    List<String> topic = List.of();

    HelpCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        door.out().print(text());
        door.out().flush();
        return 0;
    }

    private String text() {
        if (topic.equals(List.of("exit-codes"))) {
            return exitCodes();
        }
        if (topic.equals(List.of("connection"))) {
            return CONNECTION;
        }
        CommandLine at = spec.root().commandLine();
        for (String word : topic) {
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                throw new Complaint(
                        "no command or topic \"" + String.join(" ", topic) + "\"",
                        "topics: exit-codes, connection; commands: windlass --help",
                        "windlass help exit-codes",
                        ExitCode.USAGE);
            }
            at = next;
        }
        return at.getUsageMessage();
    }

    private static String exitCodes() {
        Table table = new Table().right("CODE").left("MEANING");
        for (ExitCode code : ExitCode.values()) {
            table.row(String.valueOf(code.number()), code.meaning());
        }
        return "How windlass ends. The numbers are promised. Without --wait, a start is done when the server has it.\n\n"
                + table;
    }

    private static final String CONNECTION = """
            Which Temporal server windlass talks to. The first that says so counts, for address and namespace each:

              1. --temporal-address HOST:PORT, --namespace NAME
              2. TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, or a profile of Temporal's own file (TEMPORAL_CONFIG_FILE,
                 TEMPORAL_PROFILE); TEMPORAL_API_KEY and TEMPORAL_TLS_... as well
              3. temporal: of the ops.yml that --config or WINDLASS_OPS_FILE names, else of ./ops.yml
              4. 127.0.0.1:7233, namespace default

            Encrypted payloads are read with WINDLASS_PAYLOAD_KEYS, the same value as the worker's. Those in clear text are
            refused then, unless ops.yml says temporal: {clear_payloads: accepted}.

            On a VPS Temporal listens on loopback only. From a laptop:

              ssh -N -L 7233:127.0.0.1:7233 HOST

            When nothing answers: is the server up (docker compose -f docker-compose.temporal.yml ps), and is the worker
            (systemctl status windlass-worker)? A run that was started waits in the server until a worker comes.
            """;
}
