package dev.windlass.activities.stagingsync;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.PlanOfStagingSync;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The definitions of a database, by the commands of the step that copies it. */
final class Definitions {
    private final StagingSyncParts parts;
    private final StepContext context;
    private final Database source;
    private final Database target;
    private final Step step;
    private final String name;

    /** @param name of the copy, which its files have too */
    Definitions(StagingSyncParts parts, StepContext context, Database source, Database target, Step step, String name) {
        this.parts = parts;
        this.context = context;
        this.source = source;
        this.target = target;
        this.step = step;
        this.name = name;
    }

    /** In a file of our own: what pg_dump prints may hold a value as well as a row does. */
    String of(String section) {
        Command dump = step.commands().stream()
                .filter(command -> command.argv().contains("--section=" + section))
                .findFirst()
                .orElseThrow();
        Path file = Path.of(file(section));
        try {
            DurableFiles.makeDirectories(Objects.requireNonNull(file.getParent()));
            Files.deleteIfExists(file);
            if (!parts.backup().shell().run(dump, context).isSuccess()) {
                throw StagingSyncFailures.failure(
                        FailureType.COMMAND_FAILED,
                        "pg_dump could not read the definitions of database " + source.name(),
                        "run the command of the plan by hand: what it prints can hold values, and is not shown here",
                        "definitions");
            }
            if (section.equals(PlanOfStagingSync.SECTIONS.getLast())) {
                step.statements().stream().skip(1).forEach(context::begun);
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String file(String section) {
        return new PlanOfStagingSync(parts.backup().operations(), source, target, parts.sync(source))
                .definitions(name, section);
    }

    void remove() {
        for (String section : PlanOfStagingSync.SECTIONS) {
            try {
                Files.deleteIfExists(Path.of(file(section)));
            } catch (IOException stays) {
                throw new UncheckedIOException(stays);
            }
        }
    }
}
