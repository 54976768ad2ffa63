package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ClassificationFile;
import dev.windlass.runbooks.stagingsync.ClassificationReading;
import dev.windlass.runbooks.stagingsync.ColumnRule;
import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.runbooks.stagingsync.StagingNames;
import dev.windlass.runbooks.stagingsync.TableRule;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.TableReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The product's own copy and scan in a JVM that stays up, for benchmarks/staging-sync. Arguments: host, port, user, source,
 * staging, directory of the tools, classification, streams. A line {@code masked} or {@code unmasked} makes a copy; before its parts it says
 * what comes and waits for a line.
 */
final class SyncBenchmark {
    private static final StepToken TOKEN = new StepToken("benchmark", "sync", StepId.of("copy"));
    private static final PostgresConnections CONNECTIONS =
            new PostgresConnections(new EnvironmentSecrets(System.getenv()));
    private static final String COPY = "benchmark_copy";

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Database source;
    private final Database staging;
    private final Path tools;
    private final Path classification;
    private final int streams;

    private SyncBenchmark(List<String> words) {
        source = database(words, 3);
        staging = database(words, 4);
        tools = Path.of(words.get(5));
        classification = Path.of(words.get(6));
        streams = Integer.parseInt(words.get(7));
    }

    private static Database database(List<String> words, int name) {
        return new Database(
                new DatabaseName("benchmark"),
                words.get(name),
                "benchmark",
                words.get(0),
                Integer.parseInt(words.get(1)),
                words.get(2),
                Optional.of(new SecretReference("env:WINDLASS_PGPASSWORD")),
                Optional.empty(),
                List.of());
    }

    public static void main(String[] arguments) throws Exception {
        new SyncBenchmark(Arrays.asList(arguments)).run();
    }

    private void run() throws Exception {
        System.out.println("{\"ready\":true}");
        for (String job = in.readLine(); job != null; job = in.readLine()) {
            Classification masked = read();
            Classification used = job.equals("masked") ? masked : keepingAll(masked);
            Incoming incoming = new Incoming(CONNECTIONS, TOKEN, staging, COPY, "staging_app");
            MaskedCopy copy = new MaskedCopy(CONNECTIONS, TOKEN, source, used, incoming, streams);
            begin("copy");
            long rows = copy(copy).values().stream().mapToLong(Long::longValue).sum();
            begin("scan");
            new MaskedCopy(CONNECTIONS, TOKEN, source, used, incoming, streams).scan();
            System.out.println("{\"done\":\"" + job + "\",\"rows\":" + rows + "}");
        }
    }

    private void begin(String effect) throws IOException {
        System.out.println("{\"effect\":\"" + effect + "\"}");
        if (in.readLine() == null) {
            throw new IllegalStateException("whoever measures is gone");
        }
    }

    private Map<String, Long> copy(MaskedCopy copy) throws SQLException, Tripped {
        StagingNames names = new StagingNames(staging.database(), "staging_app");
        List<String> creating = Stream.of(names.create(), names.close(), names.letOwnerCreate())
                .map(sql -> sql.statement().replace("{token}", COPY))
                .toList();
        try (Connection maintenance = CONNECTIONS.open(GrowingDatabase.named(staging, "postgres"), TOKEN)) {
            return copy.make(maintenance, creating, this::dump);
        }
    }

    private String dump(String section) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            tools.resolve("pg_dump").toString(),
                            "--host=" + source.host(),
                            "--port=" + source.port(),
                            "--username=" + source.user(),
                            "--section=" + section,
                            "--no-owner",
                            "--no-privileges",
                            "--no-comments",
                            source.database())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PGPASSWORD", System.getenv("WINDLASS_PGPASSWORD"));
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("pg_dump ended with " + process.exitValue());
            }
            return text;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** With the shapes of today in place of the tables' names. */
    private Classification read() throws IOException, SQLException {
        String text = Files.readString(classification);
        try (Connection connection = CONNECTIONS.open(source, TOKEN)) {
            Schema schema = SchemaReading.read(connection);
            for (SchemaTable table : schema.tables()) {
                text = text.replace("shape: \"" + table.table() + "\"", "shape: \"" + table.shape() + "\"");
            }
        }
        Path file = Files.createTempFile("benchmark", ".yml");
        try {
            Files.writeString(file, text);
            return switch (ClassificationFile.read(file)) {
                case ClassificationReading.Accepted(Classification accepted) -> accepted;
                case ClassificationReading.Refused refused -> throw new IllegalStateException(refused.text());
            };
        } finally {
            Files.delete(file);
        }
    }

    /** The same pipe without a mask. */
    private static Classification keepingAll(Classification masked) {
        Map<TableReference, TableRule> tables = new TreeMap<>();
        masked.tables().forEach((name, rule) -> {
            Map<String, ColumnRule> columns = new TreeMap<>();
            rule.columns()
                    .forEach((column, known) -> columns.put(
                            column,
                            new ColumnRule(
                                    known.type(), new Fate.Keep("a benchmark"), known.standing(), known.team())));
            tables.put(
                    name,
                    new TableRule(rule.shape(), rule.rows(), rule.teamColumn(), columns, rule.quasiIdentifiers()));
        });
        return new Classification(
                masked.team(), masked.canary(), masked.domains(), tables, masked.smallestGroup(), masked.own());
    }
}
