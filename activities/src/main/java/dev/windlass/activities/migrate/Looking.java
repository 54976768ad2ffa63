package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.migrate.MigratorCommands;
import dev.windlass.runbooks.migrate.Place;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads what a tool has recorded in a database, and its schema. */
record Looking(BackupParts parts, Migrations migrations, Place place, Database connection, StepContext context) {
    private static final int LONGEST = 300;

    /** One line of the tool's own table. */
    record Row(String name, String checksum, boolean isApplied, String words) {
        AppliedMigration migration() {
            return new AppliedMigration(name, checksum);
        }

        /** Of Flyway: it stands for what was there before, and has no file. */
        boolean isBaseline() {
            return checksum.isEmpty();
        }
    }

    /** In the order in which they were applied. */
    List<Row> rows() {
        List<Sql> statements = all(Sql.class);
        List<String> tables = MigratorCommands.of(migrations).histories();
        List<Row> rows = new ArrayList<>();
        try (Connection open = parts.connections().open(connection, context.token())) {
            for (int at = 0; at < tables.size(); at++) {
                if (exists(open, tables.get(at))) {
                    add(rows, read(open, statements.get(at)));
                }
            }
        } catch (SQLException failed) {
            throw MigrateFailures.database(connection, failed);
        }
        return migrations.tool() == Tool.FLYWAY
                ? rows.stream()
                        .map(row -> FlywayFiles.told(row, Path.of(migrations.directory())))
                        .toList()
                : rows;
    }

    /** The tool's own word, which comes first, is the one that counts. */
    private static void add(List<Row> rows, List<Row> more) {
        List<String> known = rows.stream().map(Row::name).toList();
        more.stream().filter(row -> !known.contains(row.name())).forEach(rows::add);
    }

    private List<Row> read(Connection open, Sql statement) throws SQLException {
        context.begun(statement);
        try (PreparedStatement query = open.prepareStatement(statement.statement());
                ResultSet found = query.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(new Row(
                        found.getString(1),
                        checksum(found.getString(2)),
                        found.getBoolean(3),
                        firstWords(found.getString(4))));
            }
            return rows;
        }
    }

    /** Prisma writes the digits alone. */
    private static String checksum(String written) {
        return written.matches("[0-9a-f]{64}") ? "sha256:" + written : written;
    }

    private static boolean exists(Connection open, String table) throws SQLException {
        try (PreparedStatement query = open.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, table);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                return found.getBoolean(1);
            }
        }
    }

    /** Without the details of an error, which may quote rows. */
    private static String firstWords(String words) {
        String plain = words.replaceAll("(?s)(DbError|DETAIL:).*", "")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }

    Schema schema() {
        Command dump = (Command) Slots.of("token", context.token().abbreviated())
                .fill(all(Command.class).getFirst());
        Path file = Path.of(((dev.windlass.workflows.kernel.Channel.PlainFile) dump.output()).path());
        try {
            DurableFiles.makeDirectories(Objects.requireNonNull(file.getParent()));
            CommandResult result = parts.shell().run(dump, context);
            if (!result.isSuccess()) {
                throw ToolWords.isLockTimeout(result)
                        ? MigrateFailures.lookLocked(result)
                        : MigrateFailures.lookFailed(result);
            }
            return Schema.of(SchemaTexts.lines(file));
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        } finally {
            remove(file);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private <E extends Effect> List<E> all(Class<E> kind) {
        return MigratorCommands.of(migrations).look(place).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
