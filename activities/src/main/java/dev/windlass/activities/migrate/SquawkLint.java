package dev.windlass.activities.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.migrate.LintFinding;
import dev.windlass.workflows.migrate.LintFinding.Weight;
import dev.windlass.workflows.migrate.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What squawk (<a href="https://squawkhq.com">squawkhq.com</a>) says of migrations. */
record SquawkLint(List<Path> directories, Shell shell, StepContext context) {
    /** The one this is known to read; pinned in bin/lib/squawk.sh as well. */
    static final String VERSION = "2.70.0";

    /** Rules whose findings somebody has to accept by name, and why. */
    static final Map<String, String> DESTRUCTIVE = Map.ofEntries(
            Map.entry("ban-drop-database", "loses everything"),
            Map.entry("ban-drop-table", "loses rows"),
            Map.entry("ban-drop-column", "loses values, and the version that runs may still ask for them"),
            Map.entry("ban-truncate-cascade", "loses rows of tables that it does not name"),
            Map.entry("changing-column-type", "rewrites the table while nobody can use it, and may cut values"),
            Map.entry("renaming-table", "the version that runs asks for the old name"),
            Map.entry("renaming-column", "the version that runs asks for the old name"),
            Map.entry(
                    "adding-required-field", "fails on a table with rows, and the version that runs does not fill it"),
            Map.entry("adding-not-nullable-field", "reads the whole table while nobody can use it"),
            Map.entry("adding-field-with-default", "rewrites the table while nobody can use it"),
            Map.entry("adding-serial-primary-key-field", "rewrites the table while nobody can use it"),
            Map.entry("transaction-nesting", "ends the transaction that makes it all or nothing"),
            Map.entry("ban-uncommitted-transaction", "ends the transaction that makes it all or nothing"));

    /** Timeouts are set for the session; whether a statement can be repeated matters only outside a transaction. */
    private static final String EXCLUDED = "require-lock-timeout,require-statement-timeout,require-timeout-settings";

    private static final ObjectMapper JSON = new ObjectMapper();

    List<LintFinding> read(Migration migration, Path file) {
        List<String> argv = new ArrayList<>(List.of(program().toString(), "--reporter=json"));
        switch (migration.wrapping()) {
            case ONE_TRANSACTION -> {
                argv.add("--assume-in-transaction");
                argv.add("--exclude=" + EXCLUDED + ",prefer-robust-stmts");
            }
            case STATEMENT_BY_STATEMENT -> argv.add("--exclude=" + EXCLUDED);
        }
        argv.add(file.toString());
        CommandResult result = shell.run(
                new Command(
                        Access.READS,
                        new HostName("local"),
                        argv,
                        Sorted.of("NO_COLOR", "1"),
                        Sorted.of(),
                        new Channel.None(),
                        new Channel.None()),
                context);
        // 1 means that it found something.
        if (result.exitCode() > 1 || result.output().isEmpty()) {
            throw MigrateFailures.lintFailed(result);
        }
        return findings(migration, result);
    }

    private static List<LintFinding> findings(Migration migration, CommandResult result) {
        try {
            List<LintFinding> findings = new ArrayList<>();
            for (JsonNode found : JSON.readTree(String.join("\n", result.output()))) {
                String rule = found.path("rule_name").asText();
                boolean isDestructive = DESTRUCTIVE.containsKey(rule);
                findings.add(new LintFinding(
                        migration.name(),
                        found.path("line").asInt() + 1,
                        rule,
                        isDestructive ? Weight.DESTRUCTIVE : Weight.ADVICE,
                        found.path("message").asText().strip()
                                + (isDestructive ? " (" + DESTRUCTIVE.get(rule) + ")" : "")));
            }
            return findings;
        } catch (IOException notJson) {
            throw MigrateFailures.lintFailed(result);
        }
    }

    private Path program() {
        return directories.stream()
                .map(directory -> directory.resolve("squawk"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(MigrateFailures::noLint);
    }
}
