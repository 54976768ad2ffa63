package dev.windlass.starter.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.page.PlanText;
import dev.windlass.runbooks.recovery.PlanByHand;
import dev.windlass.runbooks.recovery.ServedReleases;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.OpsFiles;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.LeftToDo;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "vps",
        header = "The recovery of a lost machine by hand: every command, for a root shell on the new one.",
        description = "%nNeeds no network and no server: print it before it is needed, and keep it with the recovery"
                + " credential. The commands are those of the set whose manifest it reads. Where ops.yml of the lost machine"
                + " names a cluster that pgBackRest protected, the databases come from that, and not from the set.",
        footer = {
            "%nExample:%n  windlass plan recover vps > recovery.txt%n  windlass plan recover vps --manifest manifest.json --config ops.yml"
        })
public final class RecoverVpsPlanCommand implements Callable<Integer> {
    private static final String MANIFEST = "manifest.json";
    private static final String PAGE = "runbooks/recover-vps.md#by-hand";

    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description =
                    "manifest.json of the set, from the bucket below sets/ID/. Else that of the newest set in this"
                            + " machine's own backup directory; where there is none, an example.")
    Optional<Path> manifest = Optional.empty();

    @Option(
            names = "--sets",
            paramLabel = "DIR",
            description = "The backup directory to look for sets in. Default: ${DEFAULT-VALUE}.",
            defaultValue = PlanByHand.BACKUPS)
    Path backups = Path.of(PlanByHand.BACKUPS);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The lost machine's ops.yml. Else WINDLASS_OPS_FILE, else ./ops.yml, else none.")
    Optional<Path> opsFile = Optional.empty();

    @Option(names = "--databases-from-set", description = "Plan for the set's dumps, whatever ops.yml says.")
    boolean isFromSet;

    @Mixin
    JsonOption json = new JsonOption();

    public RecoverVpsPlanCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        RecoverVpsPlan plan = manifest.map(door.directory()::resolve)
                .or(this::newest)
                .map(RecoverVpsPlanCommand::read)
                .map(this::planned)
                .orElseGet(this::example);
        json.print(door, plan, PlanText.of(PlanByHand.written(plan)) + "\n== What is left to you\n" + left(plan));
        return ExitCode.OK.number();
    }

    private RecoverVpsPlan planned(Manifest set) {
        Optional<Operations> known = operations();
        return PlanByHand.of(
                set,
                known,
                known.map(operations -> ServedReleases.of(operations, this::text))
                        .orElse(List.of()));
    }

    /** On the machine that is to be lost one day the lists of releases are at their places. */
    private Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException elsewhere) {
            return Optional.empty();
        }
    }

    private Optional<Operations> operations() {
        return isFromSet ? Optional.empty() : warned(new OpsFiles(door, opsFile));
    }

    /** A set is a day older than its cluster may be, so nobody takes it without knowing. */
    private Optional<Operations> warned(OpsFiles files) {
        Optional<Operations> known = files.operations();
        Path path = files.path();
        if (known.isEmpty() && (opsFile.isPresent() || Files.exists(path))) {
            door.warn(
                    path
                            + " cannot be used: the databases are planned from the set, and the bucket may have newer ones",
                    "windlass check " + path + "; when it is well, the same words plan for the cluster that it names");
        }
        return known;
    }

    private RecoverVpsPlan example() {
        door.warn(
                "no set is known here: these are the commands of an example, with names of an example",
                "fetch " + MANIFEST + " of the newest proven set from the bucket, and give it by --manifest");
        return PlanByHand.example();
    }

    /** A proven one before one that is not, however new that is. */
    private Optional<Path> newest() {
        try (Stream<Path> sets = Files.list(door.directory().resolve(backups).resolve("sets"))) {
            return sets.filter(set -> Files.isReadable(set.resolve(MANIFEST)))
                    .max(Comparator.comparing((Path set) -> Files.exists(set.resolve("proof.json")))
                            .thenComparing(Comparator.naturalOrder()))
                    .map(this::warned)
                    .map(set -> set.resolve(MANIFEST));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private Path warned(Path set) {
        if (Files.notExists(set.resolve("proof.json"))) {
            door.warn(
                    "set " + set.getFileName() + " was never proven",
                    "look in the bucket for one that has a proof.json, and give its " + MANIFEST + " by --manifest");
        }
        return set;
    }

    private static Manifest read(Path file) {
        try {
            Manifest read = PayloadJson.read(Files.readString(file), Manifest.class);
            if (read.format().equals(Manifest.FORMAT)) {
                return read;
            }
        } catch (JsonProcessingException | RuntimeException unreadable) {
            // The same as one of another format: said below.
        } catch (IOException unreadable) {
            throw new Complaint(
                    file + " cannot be read",
                    "fetch it from the bucket: sets/ID/" + MANIFEST,
                    PAGE,
                    ExitCode.NOT_FOUND);
        }
        throw new Complaint(
                file + " is not the manifest of a backup set, or of a newer Windlass",
                "fetch it again from the bucket: sets/ID/" + MANIFEST,
                PAGE,
                ExitCode.USAGE);
    }

    private static String left(RecoverVpsPlan plan) {
        return plan.left().stream().map(RecoverVpsPlanCommand::text).collect(Collectors.joining());
    }

    private static String text(LeftToDo left) {
        List<String> commands = left.commands();
        return "  " + left.what() + "\n"
                + commands.stream().map(command -> "    " + command + "\n").collect(Collectors.joining());
    }
}
