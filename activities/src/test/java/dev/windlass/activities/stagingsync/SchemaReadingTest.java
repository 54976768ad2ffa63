package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.stagingsync.ClassificationCheck;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaColumn;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.runbooks.stagingsync.SchemaTable.ForeignKey;
import dev.windlass.runbooks.stagingsync.TypeKind;
import dev.windlass.workflows.recovery.TableReference;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of a schema, and which changes of it are noticed. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SchemaReadingTest {
    private static ShopForSync shop;

    @BeforeAll
    static void start() {
        shop = new ShopForSync();
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void everyTableIsReadOnceWithItsPartitions() {
        Schema schema = ShopForSync.schema(shop.source);
        assertThat(schema.tables().stream().map(SchemaTable::table))
                .containsExactly(
                        new TableReference("app.events"),
                        new TableReference("app.payments"),
                        new TableReference("app.users"));
        assertThat(ShopForSync.table(schema, "app.events").leaves())
                .containsExactly(new TableReference("app.events_2025"), new TableReference("app.events_2026"));
    }

    @Test
    void columnsAreKnownByWhatTheyHold() {
        SchemaTable users = ShopForSync.table(ShopForSync.schema(shop.source), "app.users");
        assertThat(users.column("email").orElseThrow())
                .isEqualTo(column("email", "public.citext", TypeKind.TEXT, 0, Trait.NOT_NULL, Trait.CASE_BLIND));
        assertThat(users.column("full_name").orElseThrow())
                .isEqualTo(column("full_name", "text", TypeKind.TEXT, 0, Trait.GENERATED));
        assertThat(users.column("street").orElseThrow())
                .isEqualTo(column("street", "character varying(80)", TypeKind.TEXT, 80));
        assertThat(users.column("postcode").orElseThrow())
                .isEqualTo(column("postcode", "app.postcode", TypeKind.TEXT, 0, Trait.CONSTRAINED));
        assertThat(users.column("addresses").orElseThrow())
                .isEqualTo(column("addresses", "public.citext[]", TypeKind.TEXT, 0, Trait.ARRAY, Trait.CASE_BLIND));
        assertThat(users.column("role").orElseThrow())
                .isEqualTo(column("role", "app.role", TypeKind.OTHER, 0, Trait.NOT_NULL, Trait.ENUM));
        assertThat(users.column("password").orElseThrow())
                .isEqualTo(column("password", "character(32)", TypeKind.TEXT, 32));
        assertThat(ShopForSync.table(ShopForSync.schema(shop.source), "app.events")
                        .column("at")
                        .orElseThrow())
                .isEqualTo(column("at", "date", TypeKind.DATE, 0, Trait.NOT_NULL, Trait.PARTITION_KEY));
    }

    @Test
    void keysAreKnownThoseOverExpressionsToo() {
        Schema schema = ShopForSync.schema(shop.source);
        assertThat(ShopForSync.table(schema, "app.users").uniqueKeys())
                .containsExactlyInAnyOrder(
                        Set.of("id"), Set.of("public_id"), Set.of("email"), Set.of("phone"), Set.of("phone"));
        assertThat(ShopForSync.table(schema, "app.events").uniqueKeys()).containsExactly(Set.of("at", "id"));
        assertThat(ShopForSync.table(schema, "app.payments").foreignKeys())
                .containsExactly(
                        new ForeignKey(
                                "payments_payer_fkey",
                                List.of("payer"),
                                new TableReference("app.users"),
                                List.of("email")),
                        new ForeignKey(
                                "payments_user_ref_fkey",
                                List.of("user_ref"),
                                new TableReference("app.users"),
                                List.of("public_id")));
    }

    @Test
    void whateverCouldMakeAMaskWrongIsNoticedAndNamed() {
        var classification = shop.classification();
        sql(shop.source, "ALTER TABLE app.users ADD recovery_email text");
        sql(shop.source, "ALTER TABLE app.payments ALTER amount TYPE numeric(12,2)");
        sql(shop.source, "CREATE TABLE app.notes (words text)");
        sql(shop.source, "ALTER TABLE app.events ADD CHECK (ip <> '')");
        sql(
                shop.source,
                "CREATE TABLE app.events_2027 PARTITION OF app.events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')");
        try {
            assertThat(ClassificationCheck.findings(classification, ShopForSync.schema(shop.source)).stream()
                            .map(finding -> finding.place() + ": " + finding.message()))
                    .containsExactly(
                            "app.events: has another shape than the one that was reviewed: keys, constraints or defaults changed",
                            "app.notes: is a table that nobody has classified",
                            "app.payments.amount: is of the type numeric(12,2), and was numeric(10,2) when it was classified",
                            "app.users.recovery_email: is a column that nobody has classified");
        } finally {
            sql(shop.source, "ALTER TABLE app.users DROP recovery_email");
            sql(shop.source, "ALTER TABLE app.payments ALTER amount TYPE numeric(10,2)");
            sql(shop.source, "DROP TABLE app.notes");
            sql(shop.source, "ALTER TABLE app.events DROP CONSTRAINT events_ip_check");
        }
        assertThat(ClassificationCheck.findings(classification, ShopForSync.schema(shop.source)))
                .as("a partition more is no change of the table")
                .isEmpty();
        sql(shop.source, "DROP TABLE app.events_2027");
    }

    private static SchemaColumn column(String name, String type, TypeKind kind, int length, Trait... traits) {
        return new SchemaColumn(
                name, type, kind, length > 0 ? OptionalInt.of(length) : OptionalInt.empty(), Set.of(traits));
    }
}
