package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.open;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.StagingNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which databases a sync takes for what it has replaced itself: they are dropped. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplacedStagingTest {
    private static PostgresForTests server;
    private static Database maintenance;

    @BeforeAll
    static void start() {
        server = PostgresForTests.start();
        maintenance = GrowingDatabase.named(server.createDatabase(), "postgres");
        sql(maintenance, "CREATE ROLE staging_app LOGIN");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void twoThatBeginAlikeLeaveEachOthersBehind() {
        String start = "the_shop_of_the_whole_country_staging_";
        String one = replace(start + "one", "windlass-1");
        String two = replace(start + "two", "windlass-2");
        assertThat(one.substring(0, 30)).isEqualTo(two.substring(0, 30));

        assertThat(old(start + "one")).containsExactly(one);
        assertThat(old(start + "two")).containsExactly(two);
    }

    @Test
    void oneThatIsCalledAsAnothersReplacedOneIsNotTakenForIt() {
        String plain = replace("shop", "windlass-3");
        String other = replace("shop_replaced_o'test", "windlass-4");

        assertThat(old("shop")).containsExactly(plain);
        assertThat(old("shop_replaced_o'test")).containsExactly(other);
    }

    /** They have no name in the comment. */
    @Test
    void whatAnEarlierVersionHasReplacedIsFoundWhereItsNameIsWhole() {
        String since = " IS 'replaced by windlass staging-sync at 2026-01-01T00:00:00Z'";
        sql(
                maintenance,
                "CREATE DATABASE books_replaced_x",
                "COMMENT ON DATABASE books_replaced_x" + since,
                "CREATE DATABASE the_shop_of_all_the_towns_an_replaced_x",
                "COMMENT ON DATABASE the_shop_of_all_the_towns_an_replaced_x" + since);

        assertThat(old("books")).containsExactly("books_replaced_x");
        StagingNames cut = new StagingNames("the_shop_of_all_the_towns_and_villages", "staging_app");
        assertThat(cut.replaced()).startsWith("the_shop_of_all_the_towns_an_replaced_");
        assertThat(old(cut.live())).isEmpty();
    }

    /** By the statements of the swap. @return the name that the replaced one has now */
    private static String replace(String live, String token) {
        StagingNames names = new StagingNames(live, "staging_app");
        sql(
                maintenance,
                "CREATE DATABASE \"" + live + "\" OWNER staging_app",
                "CREATE DATABASE \"" + token + "\"",
                names.swap().statement().replace("{token}", token));
        return names.replaced().replace("{token}", token);
    }

    private static List<String> old(String live) {
        List<String> found = new ArrayList<>();
        String question =
                new StagingNames(live, "staging_app").old().statement().replace("{hours}", "-1");
        try (Connection connection = open(maintenance);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }
}
