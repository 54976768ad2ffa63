package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ClassificationCheck;
import dev.windlass.runbooks.stagingsync.ClassificationFile;
import dev.windlass.runbooks.stagingsync.ClassificationReading;
import dev.windlass.runbooks.stagingsync.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Half a million numbers that must stay different: a hash of their length would meet another one. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeUniqueKeyTest {
    private static final int ROWS = 500_000;

    @Test
    void halfAMillionNumbersStayDifferentAndNoneIsACards() throws Exception {
        try (ShopForSync shop = new ShopForSync()) {
            Database source = shop.server.createDatabase();
            Database staging = shop.server.createDatabase();
            sql(
                    source,
                    "CREATE TABLE public.subscribers (id int PRIMARY KEY, phone text NOT NULL UNIQUE, email text NOT NULL UNIQUE, number bigint NOT NULL UNIQUE)",
                    "INSERT INTO public.subscribers SELECT n, '+4179' || lpad(n::text, 7, '0'), 's' || n || '@mail.example.org', 100000 + n"
                            + " FROM generate_series(1, " + ROWS + ") n",
                    "CREATE ROLE staging_app",
                    "ALTER DATABASE " + staging.database() + " OWNER TO staging_app");
            CopyOfShop copies = new CopyOfShop(shop, source, staging);

            assertThat(copies.make(copies.of(classification(source, "phone, by: id"))))
                    .isEqualTo(Map.of("public.subscribers", (long) ROWS));

            assertThat(value(
                            copies.database(),
                            "SELECT count(DISTINCT phone) || ' ' || count(DISTINCT email) || ' ' || bool_and(phone ~ '^[+]999[0-9]{12}$')"
                                    + " || ' ' || count(DISTINCT number) || ' ' || bool_and(length(number::text) = 18)"
                                    + " || ' ' || (SELECT count(*) FROM pg_index WHERE indisunique AND indisvalid"
                                    + " AND indrelid = 'public.subscribers'::regclass) FROM public.subscribers"))
                    .isEqualTo(ROWS + " " + ROWS + " true " + ROWS + " true 4");
            assertThat(
                            ClassificationCheck.findings(classification(source, "phone"), ShopForSync.schema(source))
                                    .stream()
                                    .map(Finding::place))
                    .as("numbers that are made from the value may meet, and are refused beforehand")
                    .containsExactly("public.subscribers.phone");
        }
    }

    private static Classification classification(Database source, String mask) throws IOException {
        String shape = ShopForSync.table(ShopForSync.schema(source), "public.subscribers")
                .shape();
        Path file = Files.createTempFile("subscribers", ".yml");
        try {
            Files.writeString(file, """
                    version: 1
                    tables:
                      public.subscribers:
                        shape: "%s"
                        columns:
                          id: {type: integer, keep: a number of ours}
                          phone: {type: text, mask: %s}
                          email: {type: text, mask: email}
                          number: {type: bigint, mask: hash}
                    """.formatted(shape, mask));
            return switch (ClassificationFile.read(file)) {
                case ClassificationReading.Accepted(Classification accepted) -> accepted;
                case ClassificationReading.Refused refused -> throw new AssertionError(refused.text());
            };
        } finally {
            Files.delete(file);
        }
    }
}
