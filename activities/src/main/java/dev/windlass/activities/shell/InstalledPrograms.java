package dev.windlass.activities.shell;

import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which program is missing, before anything is started, and which package has it. */
final class InstalledPrograms {
    private static final Pattern POSTGRES_DIRECTORY = Pattern.compile("/usr/lib/postgresql/(\\d+)/bin/.*");

    private InstalledPrograms() {}

    static void require(Command command, String searchPath) {
        require(command.argv().getFirst(), searchPath);
        command.argv().stream()
                .filter(word -> word.substring(word.lastIndexOf('/') + 1).equals(command.program()))
                .findFirst()
                .ifPresent(word -> require(word, searchPath));
    }

    static void require(String program, String searchPath) {
        if (!isInstalled(program, searchPath)) {
            String where = program.startsWith("/") ? "" : " in " + searchPath;
            throw new Failure(
                            FailureType.TOOL_MISSING,
                            "program " + program + " is not installed" + where,
                            "install " + packageOf(program) + ", then retry the step",
                            "backup.md#tool-missing")
                    .asException();
        }
    }

    private static boolean isInstalled(String program, String searchPath) {
        List<String> candidates = program.contains("/")
                ? List.of(program)
                : List.of(searchPath.split(":")).stream()
                        .map(directory -> directory + "/" + program)
                        .toList();
        return candidates.stream()
                .map(Path::of)
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    private static String packageOf(String program) {
        Matcher directory = POSTGRES_DIRECTORY.matcher(program);
        String version = directory.matches() ? "-" + directory.group(1) : "";
        String name = program.substring(program.lastIndexOf('/') + 1);
        return switch (name) {
            case "pg_dump", "pg_dumpall", "pg_restore", "psql", "createdb", "dropdb", "pg_isready" ->
                "the package postgresql-client" + version;
            case "initdb", "postgres", "pg_ctl", "pg_amcheck", "pg_checksums" -> "the package postgresql" + version;
            case "redis-cli" -> "the package redis-tools";
            case "redis-server", "redis-check-rdb" -> "the package redis-server";
            case "setsid", "setpriv", "ionice" -> "the package util-linux";
            case "nice", "env", "true" -> "the package coreutils";
            case "systemd-run", "systemctl" -> "the package systemd";
            case "age", "age-keygen" -> "the package age";
            case "zstd", "rclone", "pgbackrest" -> "the package " + name;
            default -> "the package that has it (apt-file search bin/" + name + ")";
        };
    }
}
