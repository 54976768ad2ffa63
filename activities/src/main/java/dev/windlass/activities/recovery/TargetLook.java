package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.TargetSeen;
import dev.windlass.workflows.recovery.TargetSeen.Earlier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a machine can become the new server: it is of a kind that is known, bare, and large enough. */
final class TargetLook {
    private static final int SHOWN = 3;

    private final Shell shell;
    private final RecoveryPlaces places;
    private final StepContext context;

    TargetLook(Shell shell, RecoveryPlaces places, StepContext context) {
        this.shell = shell;
        this.places = places;
        this.context = context;
    }

    TargetSeen look(Step step, Manifest manifest) {
        String system = system(run(step, "cat"));
        boolean isUnfinished = Files.exists(Path.of(places.mark()));
        List<String> found = new ArrayList<>();
        run(step, "pgrep").output().forEach(line -> found.add("process " + line + " runs"));
        run(step, "find").output().forEach(line -> found.add(line + " is there"));
        if (!isUnfinished && !found.isEmpty()) {
            throw VpsFailures.notBare(found.stream().limit(SHOWN).toList());
        }
        long free = free(run(step, "df"));
        // What an earlier attempt has taken is taken for the same.
        if (!isUnfinished && free < PlanOfRecoverVps.needed(manifest)) {
            throw VpsFailures.tooSmall(PlanOfRecoverVps.needed(manifest), free);
        }
        return new TargetSeen(system, free, isUnfinished ? Earlier.LEFT : Earlier.NONE);
    }

    private CommandResult run(Step step, String program) {
        CommandResult result = shell.run(step.command(program), context);
        // Directories of /var/lib come and go while find looks; pgrep says so when there is none.
        return program.equals("find") || program.equals("pgrep")
                ? result
                : result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
    }

    private static String system(CommandResult release) {
        Map<String, String> words = release.output().stream()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace("\"", ""), (one, other) -> other));
        String name = words.getOrDefault("PRETTY_NAME", "a system without a name");
        List<String> kinds = List.of(words.getOrDefault("ID", ""), words.getOrDefault("ID_LIKE", ""));
        if (kinds.stream().noneMatch(kind -> kind.contains("debian") || kind.contains("ubuntu"))) {
            throw VpsFailures.otherSystem(name);
        }
        return name;
    }

    private static long free(CommandResult df) {
        return df.output().stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+")[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("df says nothing of /var/backups"));
    }
}
