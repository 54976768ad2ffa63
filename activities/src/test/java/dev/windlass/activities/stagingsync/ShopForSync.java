package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ClassificationFile;
import dev.windlass.runbooks.stagingsync.ClassificationReading;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.MaskedTable;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.TableReference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** A shop with one of everything that masking has to cope with, on a server of its own. */
final class ShopForSync implements AutoCloseable {
    private static final Path RESOURCES = Path.of("src/test/resources/stagingsync");
    private static final StepToken TOKEN = new StepToken("test", "sync", StepId.of("copy"));

    final PostgresForTests server = PostgresForTests.start();
    final Database source = server.createDatabase();

    ShopForSync() {
        sql(source, text("shop.sql"));
    }

    /** Users and teams that lead to each other: no order of loading fits both keys. */
    void addTeams() {
        sql(
                source,
                "CREATE TABLE app.teams (id smallint PRIMARY KEY, lead public.citext NOT NULL REFERENCES app.users (email))",
                "INSERT INTO app.teams SELECT id, email FROM app.users WHERE id IN (1, 2)",
                "ALTER TABLE app.users ADD team_id smallint REFERENCES app.teams (id)",
                "UPDATE app.users SET team_id = 1 + id % 2, manager_id = 1 + id % 7");
    }

    private static String withTeams(String classification, Schema schema) {
        return schema.table(new TableReference("app.teams"))
                .map(teams -> classification.replace(
                                "      manager_id:",
                                "      team_id: {type: smallint, keep: leads to teams alone}\n      manager_id:")
                        + "  app.teams:\n    shape: \"" + teams.shape() + "\"\n    columns:\n"
                        + "      id: {type: smallint, keep: a number of ours}\n"
                        + "      lead: {type: public.citext, domain: address}\n")
                .orElse(classification);
    }

    /** The same tables without rows. */
    Database emptyCopy() {
        Database target = server.createDatabase();
        sql(target, text("shop.sql").replaceAll("(?s)\nINSERT INTO .*", ""));
        return target;
    }

    static Connection masking(Database database, MaskKey key) {
        return PostgresForTests.CONNECTIONS.open(database, TOKEN, key.settings());
    }

    static Schema schema(Database database) {
        try (Connection connection = PostgresForTests.open(database)) {
            return SchemaReading.read(connection);
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    /** As it stands in the test's resources, with the shapes of today. */
    Classification classification() {
        return classification("", "");
    }

    Classification classification(String replaced, String with) {
        try {
            Path file = Files.createTempFile("shop", ".yml");
            Files.writeString(file, classificationText(replaced, with));
            ClassificationReading reading = ClassificationFile.read(file);
            Files.delete(file);
            return switch (reading) {
                case ClassificationReading.Accepted(Classification accepted) -> accepted;
                case ClassificationReading.Refused refused -> throw new AssertionError(refused.text());
            };
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String classificationText(String replaced, String with) {
        String text = text("shop.classification.yml");
        if (!text.contains(replaced)) {
            throw new AssertionError("the classification has no " + replaced);
        }
        text = text.replace(replaced, with);
        Map<String, String> placeholders =
                Map.of("USERS", "app.users", "PAYMENTS", "app.payments", "EVENTS", "app.events");
        Schema schema = schema(source);
        text = withTeams(text, schema);
        for (Map.Entry<String, String> one : placeholders.entrySet()) {
            text = text.replace(
                    '"' + one.getKey() + '"',
                    '"' + table(schema, one.getValue()).shape() + '"');
        }
        return text;
    }

    static SchemaTable table(Schema schema, String name) {
        return schema.table(new TableReference(name)).orElseThrow();
    }

    List<Finding> trial(Classification classification) {
        try (Connection connection = masking(source, MaskKey.random())) {
            return MaskTrial.findings(connection, classification, schema(source));
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Through the statements of the product, table by table. */
    void copy(Classification classification, Database target, MaskKey key) {
        Schema schema = schema(source);
        try (Connection from = masking(source, key);
                Connection into = PostgresForTests.open(target)) {
            into.setAutoCommit(false);
            for (String name : List.of("app.users", "app.payments", "app.events")) {
                SchemaTable table = table(schema, name);
                MaskedTable masked = new MaskedTable(classification, table);
                for (TableReference holder : table.holders()) {
                    ByteArrayOutputStream rows = new ByteArrayOutputStream();
                    from.unwrap(PGConnection.class).getCopyAPI().copyOut(masked.copyOut(holder), rows);
                    into.createStatement().execute("TRUNCATE " + holder.sql() + " CASCADE");
                    into.unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(masked.copyIn(holder), new ByteArrayInputStream(rows.toByteArray()));
                }
                into.commit();
            }
        } catch (SQLException | IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String text(String resource) {
        try {
            return Files.readString(RESOURCES.resolve(resource));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
