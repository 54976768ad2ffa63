package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.CONNECTIONS;
import static dev.windlass.activities.backup.PostgresForTests.context;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.backup.PostgresForTests.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class SurvivorsTest {
    private static final StepToken TOKEN = context("smoke").token();
    private static PostgresForTests server;

    @BeforeAll
    static void startServer() {
        server = PostgresForTests.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** Its session takes back all settings first, and the name by which it is found must not be one of them. */
    @Test
    void endsASmokeStatementThatIsStillAtWork() throws SQLException {
        Database database = server.createDatabase();
        CompletableFuture<Optional<Difference>> earlier = CompletableFuture.supplyAsync(() -> SmokeTest.run(
                CONNECTIONS, database, TOKEN, new Database.SmokeQuery("slow", "SELECT pg_sleep(600) IS NOT NULL")));
        waitUntil("the statement is at work", () -> sleeping(database).equals("1"));

        try (Connection connection = CONNECTIONS.open(database, TOKEN)) {
            Survivors.terminate(database, connection, TOKEN);
        }

        assertThat(sleeping(database)).isEqualTo("0");
        waitUntil("who asked has heard of it", earlier::isCompletedExceptionally);
    }

    private static String sleeping(Database database) {
        return value(
                database,
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(600)%'"
                        + " AND pid <> pg_backend_pid()");
    }
}
