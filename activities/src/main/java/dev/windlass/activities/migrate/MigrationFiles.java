package dev.windlass.activities.migrate;

import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.migrate.MigratorCommands;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The migrations of an app as their files are now. */
final class MigrationFiles {
    private static final Pattern SQL = Pattern.compile("((\\d{1,18})[_-][A-Za-z0-9_.-]+?)\\.(up|down)\\.sql");
    /** Prisma sends a file as one query, which is one transaction unless the file says otherwise. */
    private static final Pattern OWN_TRANSACTIONS = Pattern.compile(
            "^\\s*(BEGIN|COMMIT|ROLLBACK|START\\s+TRANSACTION)\\b[^;$]*;|\\bCONCURRENTLY\\b|^\\s*VACUUM\\b",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern CHANGES_ROWS = Pattern.compile(
            "\\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CALL|DO|SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern CHANGES_SCHEMA = Pattern.compile(
            "\\b(ADD\\s+COLUMN|DROP\\s+COLUMN|(CREATE|DROP)\\s+(TABLE|INDEX|TYPE|SCHEMA))\\s+(?!IF\\b)",
            Pattern.CASE_INSENSITIVE);

    private final Migrations migrations;
    private final MigratorCommands commands;

    MigrationFiles(Migrations migrations) {
        this.migrations = migrations;
        this.commands = MigratorCommands.of(migrations);
    }

    /** In the order in which they are applied. */
    List<Migration> all() {
        return switch (migrations.tool()) {
            case SQL -> numbered();
            case PRISMA -> folders();
            case FLYWAY ->
                FlywayFiles.names(Path.of(migrations.directory())).stream()
                        .map(this::read)
                        .toList();
        };
    }

    private List<Migration> numbered() {
        TreeMap<Long, String> names = new TreeMap<>();
        for (Path file : list(Path.of(migrations.directory()))) {
            String written = file.getFileName().toString();
            if (!written.endsWith(".sql")) {
                continue;
            }
            Matcher name = SQL.matcher(written);
            if (!name.matches()) {
                throw MigrateFailures.notAMigration(file);
            }
            String other = names.putIfAbsent(Long.parseLong(name.group(2)), name.group(1));
            if (other != null && !other.equals(name.group(1))) {
                throw MigrateFailures.sameNumber(other, name.group(1));
            }
        }
        return names.values().stream().map(this::read).toList();
    }

    private List<Migration> folders() {
        return list(Path.of(migrations.directory(), "prisma", "migrations")).stream()
                .filter(Files::isDirectory)
                .map(folder -> folder.getFileName().toString())
                .sorted()
                .map(this::read)
                .toList();
    }

    private Migration read(String name) {
        Path up = Path.of(commands.upFile(name));
        byte[] bytes = bytes(up);
        Path down = Path.of(commands.downFile(name));
        String text = new String(bytes, StandardCharsets.UTF_8);
        FirstLine line = FirstLine.of(up, text);
        return new Migration(
                name,
                checksum(bytes),
                line.wrapping().orElseGet(() -> wrapping(up, text)),
                Files.exists(down) ? checksum(bytes(down)) : "",
                line.phase());
    }

    private Wrapping wrapping(Path up, String text) {
        boolean isBroken = switch (migrations.tool()) {
            case SQL -> false;
            case PRISMA -> OWN_TRANSACTIONS.matcher(text).find();
            case FLYWAY -> OWN_TRANSACTIONS.matcher(text).find() || FlywayFiles.isOutsideTransaction(up, text);
        };
        return isBroken ? Wrapping.STATEMENT_BY_STATEMENT : Wrapping.ONE_TRANSACTION;
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: one is not what the plan was made with */
    void requireAsPlanned(List<Migration> planned) {
        for (Migration migration : planned) {
            if (!Files.exists(Path.of(commands.upFile(migration.name())))
                    || !read(migration.name()).equals(migration)) {
                throw MigrateFailures.fileChanged(commands.upFile(migration.name()));
            }
        }
    }

    /**
     * Whether the schema tells if this one took effect as a whole: it changes no rows, or not without changing the schema in
     * the same transaction. Words may also mean something harmless ({@code ON UPDATE CASCADE}), so it says no once too often.
     */
    boolean isSeenInSchema(Migration migration) {
        String text = new String(bytes(up(migration)), StandardCharsets.UTF_8);
        return CHANGES_SCHEMA.matcher(text).find()
                || !CHANGES_ROWS.matcher(text).find();
    }

    Path up(Migration migration) {
        return Path.of(commands.upFile(migration.name()));
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw MigrateFailures.noDirectory(directory);
        } catch (IOException unreadable) {
            throw MigrateFailures.unreadable(directory, unreadable);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw MigrateFailures.unreadable(file, unreadable);
        }
    }

    static String checksum(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
