package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.open;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.StagingNames;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A masked copy of the shop that grows beside a staging, without a run around it. */
final class CopyOfShop {
    static final StepToken TOKEN = new StepToken("test", "sync", StepId.of("copy"));
    private static final String INCOMING = "staging_incoming";

    private final ShopForSync shop;
    private final Database source;
    private final Database staging;

    CopyOfShop(ShopForSync shop, Database staging) {
        this(shop, shop.source, staging);
    }

    /** @param staging of the role staging_app */
    CopyOfShop(ShopForSync shop, Database source, Database staging) {
        this.shop = shop;
        this.source = source;
        this.staging = staging;
    }

    Database database() {
        return GrowingDatabase.named(staging, INCOMING);
    }

    MaskedCopy of(Classification classification) {
        Incoming incoming = new Incoming(PostgresForTests.CONNECTIONS, TOKEN, staging, INCOMING, "staging_app");
        return new MaskedCopy(PostgresForTests.CONNECTIONS, TOKEN, source, classification, incoming, 2);
    }

    Map<String, Long> make(MaskedCopy copy) throws SQLException, Tripped {
        try (Connection maintenance = open(GrowingDatabase.named(staging, "postgres"))) {
            StagingNames names = new StagingNames(staging.database(), "staging_app");
            List<String> creating = Stream.of(names.create(), names.close(), names.letOwnerCreate())
                    .map(sql -> sql.statement().replace("{token}", INCOMING))
                    .toList();
            return copy.make(maintenance, creating, this::dump);
        }
    }

    void drop() {
        sql(source, "DROP DATABASE IF EXISTS " + INCOMING + " WITH (FORCE)");
    }

    private String dump(String section) {
        try {
            Process process = new ProcessBuilder(
                            shop.server.tools().resolve("pg_dump").toString(),
                            "--host=" + source.host(),
                            "--username=postgres",
                            "--section=" + section,
                            "--no-owner",
                            "--no-privileges",
                            "--no-comments",
                            source.database())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return text;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
