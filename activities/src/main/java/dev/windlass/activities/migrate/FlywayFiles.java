package dev.windlass.activities.migrate;

import dev.windlass.activities.migrate.Looking.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A folder of {@code V1__name.sql} and {@code U1__name.sql} as Flyway reads it, and what would be read otherwise refused. */
final class FlywayFiles {
    private static final String SUFFIX = ".sql";
    private static final Pattern NAME = Pattern.compile("[VU]\\d{1,18}(?:[._]\\d{1,18}){0,9}__[A-Za-z0-9_.-]{1,100}");
    private static final Pattern OF_ITS_OWN = Pattern.compile("executeInTransaction\\s*=\\s*(true|false)");

    /** What Flyway's parser of PostgreSQL runs outside a transaction; once too often does no harm. */
    private static final Pattern OUTSIDE = Pattern.compile(
            "\\bCONCURRENTLY\\b|\\bREINDEX\\b|^\\s*VACUUM\\b|\\bALTER\\s+SYSTEM\\b|\\bDISCARD\\s+ALL\\b"
                    + "|\\b(CREATE|DROP)\\s+(DATABASE|TABLESPACE|SUBSCRIPTION)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private FlywayFiles() {}

    /** Names without {@code .sql}, in the order of their versions. */
    static List<String> names(Path directory) {
        TreeMap<FlywayVersion, String> ups = new TreeMap<>();
        Set<String> downs = new HashSet<>();
        for (Path file : scripts(directory)) {
            String written = file.getFileName().toString();
            String name = written.substring(0, written.length() - SUFFIX.length());
            if (name.startsWith("R__")) {
                throw FlywayFailures.repeatable(file);
            }
            if (!NAME.matcher(name).matches() || !directory.equals(file.getParent())) {
                throw FlywayFailures.notAVersion(file);
            }
            if (name.startsWith("U")) {
                downs.add("V" + name.substring(1));
                continue;
            }
            String other = ups.putIfAbsent(FlywayVersion.in(name).orElseThrow(), name);
            if (other != null) {
                throw MigrateFailures.sameNumber(other, name);
            }
        }
        downs.stream()
                .filter(name -> !ups.containsValue(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw FlywayFailures.notAVersion(directory.resolve("U" + name.substring(1) + SUFFIX));
                });
        return List.copyOf(ups.values());
    }

    /** Flyway looks into folders as well. */
    private static List<Path> scripts(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw MigrateFailures.noDirectory(directory);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw MigrateFailures.noDirectory(directory);
        } catch (IOException unreadable) {
            throw MigrateFailures.unreadable(directory, unreadable);
        } catch (UncheckedIOException unreadable) {
            throw MigrateFailures.unreadable(directory, new IOException(unreadable));
        }
    }

    /** Whether Flyway runs it outside a transaction: its statements or the {@code .conf} file beside it say so. */
    static boolean isOutsideTransaction(Path up, String text) {
        boolean isSetSo = false;
        for (String line : configuration(up)) {
            String setting = line.strip();
            if (setting.isEmpty() || setting.startsWith("#")) {
                continue;
            }
            if (!OF_ITS_OWN.matcher(setting).matches()) {
                throw FlywayFailures.scriptConfiguration(Path.of(up + ".conf"));
            }
            isSetSo |= setting.endsWith("false");
        }
        return isSetSo || OUTSIDE.matcher(text).find();
    }

    private static List<String> configuration(Path up) {
        Path file = Path.of(up + ".conf");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw MigrateFailures.unreadable(file, unreadable);
        }
    }

    /** With the checksum of the file where Flyway's own says that it is this file that was applied. */
    static Row told(Row row, Path directory) {
        Path up = directory.resolve(row.name() + SUFFIX);
        if (!NAME.matcher(row.name()).matches() || !Files.isRegularFile(up)) {
            return row;
        }
        byte[] bytes = MigrationFiles.bytes(up);
        return row.checksum().equals(checksum(new String(bytes, StandardCharsets.UTF_8)))
                ? new Row(row.name(), MigrationFiles.checksum(bytes), row.isApplied(), row.words())
                : row;
    }

    /** As Flyway writes it into its table: CRC-32 of the lines without what ends them (ChecksumCalculator). */
    static String checksum(String text) {
        CRC32 crc = new CRC32();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (BufferedReader lines = new BufferedReader(new StringReader(plain))) {
            lines.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return String.valueOf((int) crc.getValue());
    }
}
