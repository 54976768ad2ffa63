package dev.windlass.starter;

import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.config.Problem;
import dev.windlass.runbooks.config.Remark;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.OpsFiles;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.terminal.Amounts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        header = "Print every problem of ops.yml, with line, column and hint.",
        description =
                "%nLooks at the file only: nothing is connected to, no secret is read. Exit code 2 when it has problems;"
                        + " a remark is none.",
        footer = {"%nExample:%n  windlass check ops.yml"})
final class CheckCommand implements Callable<Integer> {
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

    CheckCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        Path path = new OpsFiles(door, file).path();
        OpsFileReading reading = OpsFile.read(path);
        List<Problem> problems = switch (reading) {
            case OpsFileReading.Accepted accepted -> List.of();
            case OpsFileReading.Refused refused -> refused.problems();
        };
        json.print(door, problems, text(path, reading));
        return problems.isEmpty() ? ExitCode.OK.number() : ExitCode.USAGE.number();
    }

    private static String text(Path path, OpsFileReading reading) {
        return switch (reading) {
            case OpsFileReading.Accepted accepted ->
                path + ": no problem ("
                        + Amounts.count(accepted.operations().databases().size(), "database") + ", "
                        + Amounts.count(accepted.operations().stores().size(), "store") + ")"
                        + Remark.of(accepted.operations()).stream()
                                .map(remark -> "\nremark: " + remark.text())
                                .collect(Collectors.joining());
            case OpsFileReading.Refused refused ->
                refused.text() + "\n" + Amounts.count(refused.problems().size(), "problem");
        };
    }
}
