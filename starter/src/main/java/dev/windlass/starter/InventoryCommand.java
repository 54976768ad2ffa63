package dev.windlass.starter;

import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.inventory.Inventory;
import dev.windlass.runbooks.inventory.Need;
import dev.windlass.runbooks.inventory.Need.Held;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.OpsFiles;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "inventory",
        header = "What a new machine would need, and whether the backup sets hold it.",
        description = {
            "%nReads ops.yml only: what no key of it names is not listed. Exit code 3 when something would be gone with this"
                    + " machine."
        },
        footer = {"%nExample:%n  windlass inventory"})
final class InventoryCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Else the file that WINDLASS_OPS_FILE names, else ./ops.yml.")
    Optional<Path> file = Optional.empty();

    @Mixin
    JsonOption json = new JsonOption();

    InventoryCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        Path path = new OpsFiles(door, file).path();
        return switch (OpsFile.read(path)) {
            case OpsFileReading.Refused refused -> {
                json.print(
                        door,
                        refused.problems(),
                        refused.text() + "\n" + Amounts.count(refused.problems().size(), "problem"));
                yield ExitCode.USAGE.number();
            }
            case OpsFileReading.Accepted accepted -> {
                List<Need> needs = Inventory.of(accepted.operations());
                long lost = needs.stream()
                        .filter(need -> need.held() == Held.NOWHERE)
                        .count();
                json.print(door, needs, text(needs, lost));
                yield lost == 0 ? ExitCode.OK.number() : ExitCode.PRECONDITION.number();
            }
        };
    }

    private static String text(List<Need> needs, long lost) {
        Table table = new Table().left("A NEW MACHINE NEEDS").left("HELD").left("WHERE, OR WHAT TO DO");
        needs.forEach(need -> table.row(need.what(), words(need.held()), need.note()));
        return table
                + (lost == 0
                        ? "nothing would be gone with this machine"
                        : lost + " of these would be gone with this machine");
    }

    private static String words(Held held) {
        return switch (held) {
            case IN_SETS -> "in sets";
            case ELSEWHERE -> "elsewhere";
            case NOWHERE -> "NOWHERE";
        };
    }
}
