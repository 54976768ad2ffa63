package dev.windlass.activities.migrate;

import dev.windlass.runbooks.config.Migrations.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder of migrations as a tool wants it, with the real tool behind it. */
record MigrationProject(Tool tool, Path directory) {
    private static final Path SAMPLE =
            Path.of("../examples/sample-vps").toAbsolutePath().normalize();

    static MigrationProject in(Path directory, Tool tool) {
        try {
            Files.createDirectories(directory);
            if (tool == Tool.PRISMA) {
                Path prisma = Files.createDirectories(directory.resolve("prisma/migrations"));
                Files.writeString(prisma.resolve("migration_lock.toml"), "provider = \"postgresql\"\n");
                Files.writeString(
                        directory.resolve("prisma/schema.prisma"),
                        "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n");
                Files.copy(
                        SAMPLE.resolve("prisma-offline/prisma.config.ts"),
                        directory.resolve("prisma.config.ts"),
                        StandardCopyOption.REPLACE_EXISTING);
                Files.createSymbolicLink(directory.resolve("node_modules"), modules());
            }
            return new MigrationProject(tool, directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<String> command() {
        return switch (tool) {
            case SQL -> List.of();
            case PRISMA -> List.of(SAMPLE.resolve("prisma-offline/prisma").toString());
            case FLYWAY -> List.of(cache().resolve("flyway/flyway").toString());
        };
    }

    /** What the tool calls the migration {@code 0001_name}. */
    String called(String name) {
        return switch (tool) {
            case SQL, PRISMA -> name;
            case FLYWAY -> "V" + name.replaceFirst("_", "__");
        };
    }

    void writeGoodOnes(String colour, String index) {
        write(
                colour,
                "ALTER TABLE content.courses ADD COLUMN colour text;\n"
                        + "UPDATE content.courses SET colour = 'red' WHERE id % 2 = 0;\n"
                        + "CREATE FUNCTION content.hue() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END $$;\n",
                "DROP FUNCTION content.hue();\nALTER TABLE content.courses DROP COLUMN colour;\n");
        write(
                index,
                "-- windlass: no transaction\nCREATE INDEX CONCURRENTLY people_email ON content.people (email);\n",
                "DROP INDEX CONCURRENTLY IF EXISTS content.people_email;\n");
    }

    void write(String name, String up, String down) {
        try {
            switch (tool) {
                case SQL -> {
                    Files.writeString(directory.resolve(name + ".up.sql"), up);
                    Files.writeString(directory.resolve(name + ".down.sql"), down);
                }
                case PRISMA -> {
                    Path folder = Files.createDirectories(directory.resolve("prisma/migrations/" + name));
                    Files.writeString(folder.resolve("migration.sql"), up);
                    Files.writeString(folder.resolve("down.sql"), down);
                }
                case FLYWAY -> {
                    String version = called(name).substring(1);
                    Files.writeString(directory.resolve("V" + version + ".sql"), up);
                    Files.writeString(directory.resolve("U" + version + ".sql"), down);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The shop's packages: build-shop leaves them in the cache, and takes them from there the next time. */
    private static Path modules() throws IOException {
        Path shop = cache().resolve("shop");
        if (!Files.isDirectory(shop)) {
            build();
        }
        try (var found = Files.list(shop)) {
            return found.map(each -> each.resolve("node_modules"))
                    .filter(each -> Files.isDirectory(each.resolve("prisma")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no node_modules below " + shop));
        }
    }

    private static Path cache() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "windlass");
    }

    private static void build() throws IOException {
        Path output = Files.createTempDirectory("windlass-shop");
        try {
            Process process = new ProcessBuilder(SAMPLE.resolve("build-shop").toString(), "1", output.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.resolve("log").toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(Files.readString(output.resolve("log")));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } finally {
            Files.deleteIfExists(output.resolve("1.tar.gz"));
            Files.deleteIfExists(output.resolve("log"));
            Files.deleteIfExists(output);
        }
    }
}
