package dev.windlass.worker.fault;

import dev.windlass.runbooks.config.Migrations.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The real Prisma and Flyway, as ops.yml calls them. bin/test puts both into the cache. */
final class MigrationTools {
    static final String PRISMA_PARENT = "as-npx";

    private MigrationTools() {}

    /** For ops.yml; psql needs none. @param directory of the migrations */
    static List<String> command(Tool tool, String directory) {
        return switch (tool) {
            case SQL -> List.of();
            case PRISMA -> List.of(directory + "/" + PRISMA_PARENT);
            case FLYWAY -> List.of(cache().resolve("flyway/flyway").toString());
        };
    }

    /** Makes the directory, and what has to lie in it besides the migrations. */
    static void install(Tool tool, Path directory) throws IOException {
        Files.createDirectories(directory);
        switch (tool) {
            case SQL, FLYWAY -> {}
            case PRISMA -> installPrisma(directory);
        }
    }

    private static void installPrisma(Path directory) throws IOException {
        Path offline = Built.at("examples/sample-vps/prisma-offline");
        Path migrations = Files.createDirectories(directory.resolve("prisma/migrations"));
        Files.writeString(migrations.resolve("migration_lock.toml"), "provider = \"postgresql\"\n");
        Files.writeString(
                directory.resolve("prisma/schema.prisma"),
                "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n");
        Files.copy(
                offline.resolve("prisma.config.ts"),
                directory.resolve("prisma.config.ts"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.createSymbolicLink(directory.resolve("node_modules"), modules());
        Path parent = directory.resolve(PRISMA_PARENT);
        // As npx does: what is called is not what migrates, and either can die without the other.
        Files.writeString(parent, "#!/bin/sh\n" + offline.resolve("prisma") + " \"$@\"\nexit $?\n");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The sample app's packages: build-shop leaves them in the cache. */
    private static Path modules() throws IOException {
        Path shop = cache().resolve("shop");
        if (!Files.isDirectory(shop)) {
            buildShop();
        }
        try (var found = Files.list(shop)) {
            return found.map(each -> each.resolve("node_modules"))
                    .filter(each -> Files.isDirectory(each.resolve("prisma")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no node_modules below " + shop));
        }
    }

    private static void buildShop() throws IOException {
        Path output = Files.createTempDirectory("windlass-shop");
        try {
            Path log = output.resolve("log");
            Process process = new ProcessBuilder(
                            Built.at("examples/sample-vps/build-shop").toString(), "1", output.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError(Files.readString(log));
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            Trees.delete(output);
        }
    }

    private static Path cache() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "windlass");
    }
}
