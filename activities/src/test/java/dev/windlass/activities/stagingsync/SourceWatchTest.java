package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.workflows.kernel.Failure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a copy may cost a real PostgreSQL: so much in a second, and its moment for so long. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourceWatchTest {
    private static ShopForSync shop;
    private static CopyOfShop copies;

    @BeforeAll
    static void start() {
        shop = new ShopForSync();
        Database staging = shop.server.createDatabase();
        copies = new CopyOfShop(shop, staging);
        sql(
                shop.source,
                "CREATE ROLE staging_app LOGIN",
                "ALTER DATABASE " + staging.database() + " OWNER TO staging_app",
                "UPDATE app.users SET about = repeat('words ', 300)");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @AfterEach
    void drop() {
        copies.drop();
    }

    private static MaskedCopy within(ReadingLimits limits) {
        return copies.of(shop.classification()).within(limits);
    }

    @Test
    void noMoreIsReadInASecondThanWasAgreedTo() throws Exception {
        long begun = System.nanoTime();
        assertThat(copies.make(within(new ReadingLimits(Optional.of(1), Duration.ofMinutes(1)))))
                .containsEntry("app.users", 2001L);
        double seconds = (System.nanoTime() - begun) / 1e9;

        double mebibytes =
                Long.parseLong(value(copies.database(), "SELECT sum(octet_length(u::text)) FROM app.users u"))
                        / 1048576.0;
        assertThat(mebibytes).as("what is to be slow").isGreaterThan(3);
        assertThat(seconds).as("for " + mebibytes + " MiB").isGreaterThan(0.8 * mebibytes);
    }

    @Test
    void whatWasNotReadForAWhileIsNotReadAtOnceThen() throws Exception {
        try (SourceWatch watch = new SourceWatch(new ReadingLimits(Optional.of(1), Duration.ofMinutes(1)))) {
            Thread.sleep(2500);

            long begun = System.nanoTime();
            watch.read(3 << 20);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void aMomentThatWasHeldForTooLongEndsTheCopyAndAllOfItsSessions() {
        ApplicationFailure ended = Assertions.catchThrowableOfType(
                ApplicationFailure.class,
                () -> copies.make(within(new ReadingLimits(Optional.of(1), Duration.ofMillis(1200)))));

        Failure failure = Failure.in(ended).orElseThrow();
        assertThat(failure.fact())
                .isEqualTo("the copy has held its moment of production for 1 s, as long as max_snapshot_age lets it");
        assertThat(failure.anchor()).isEqualTo("staging-sync.md#snapshot-age");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!value(
                        shop.source,
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                                + " AND backend_xmin IS NOT NULL")
                .equals("0")) {
            assertThat(System.nanoTime()).as("nobody holds the moment any more").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
