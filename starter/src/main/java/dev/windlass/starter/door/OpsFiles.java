package dev.windlass.starter.door;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.config.TemporalSettings;
import dev.windlass.starter.runs.TemporalConnection.Wish;
import dev.windlass.starter.terminal.Amounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The ops.yml a command means: the one it was given, {@code WINDLASS_OPS_FILE}, or the one in this directory. */
public final class OpsFiles {
    public static final String VARIABLE = "WINDLASS_OPS_FILE";
    public static final String NAME = "ops.yml";

    private final Door door;
    private final Optional<Path> named;
    private Optional<OpsFileReading> read = Optional.empty();

    public OpsFiles(Door door, Optional<Path> named) {
        this.door = door;
        this.named = named;
    }

    /** The file to read, whether it exists or not; as it was given where it was, for messages repeat it. */
    public Path path() {
        Path given = named.or(() -> Optional.ofNullable(door.environment().get(VARIABLE))
                        .filter(value -> !value.isBlank())
                        .map(Path::of))
                .orElse(Path.of(NAME));
        return door.directory().toString().isEmpty() ? given : door.directory().resolve(given);
    }

    /** What ops.yml says about Temporal; nothing where there is none, and a warning where it cannot be used. */
    public Wish temporal() {
        Path path = path();
        return reading()
                .map(reading -> switch (reading) {
                    case OpsFileReading.Accepted accepted -> {
                        TemporalSettings temporal = accepted.operations().temporal();
                        yield new Wish(
                                Optional.of(temporal.address()),
                                Optional.of(temporal.namespace()),
                                temporal.clearPayloads());
                    }
                    case OpsFileReading.Refused refused -> {
                        door.warn(
                                path + " has "
                                        + Amounts.count(refused.problems().size(), "problem")
                                        + ", Temporal's address is not taken from it",
                                "see all of them: windlass check " + path);
                        yield Wish.NONE;
                    }
                })
                .orElse(Wish.NONE);
    }

    /** Where a person looks at runs in a browser, ending without a slash. */
    Optional<String> temporalUi() {
        return operations()
                .flatMap(operations -> operations.notifications().temporalUi())
                .map(ui -> ui.replaceFirst("/+$", ""));
    }

    /** Empty where there is no ops.yml, or none without problems. */
    public Optional<Operations> operations() {
        return reading().flatMap(reading -> switch (reading) {
            case OpsFileReading.Accepted accepted -> Optional.of(accepted.operations());
            case OpsFileReading.Refused refused -> Optional.empty();
        });
    }

    /** Nothing where no file was named and there is none here. */
    private Optional<OpsFileReading> reading() {
        if (read.isEmpty() && (named.isPresent() || Files.exists(path()))) {
            read = Optional.of(OpsFile.read(path()));
        }
        return read;
    }
}
