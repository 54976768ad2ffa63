package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.StagingOwn;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Probe;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Originals in a copy, put there as a fault would put them: no pipe and no scan stands before these. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OriginalsSearchTest {
    private static final StepToken TOKEN = new StepToken("test", "sync", StepId.of("scan"));

    private static ShopForSync shop;
    private static Classification classification;
    private Database copy;

    @BeforeAll
    static void start() {
        shop = new ShopForSync();
        sql(shop.source, "UPDATE app.users SET about = 'likes Sauerkraut and number ' || id WHERE id % 3 = 0");
        classification = shop.classification();
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @BeforeEach
    void copy() {
        copy = shop.emptyCopy();
        shop.copy(classification, copy, MaskKey.random());
    }

    @Test
    void nothingIsFoundInACopyThatMasksHaveMade() throws Exception {
        // Ana of the team is there as she is, with her address and her first name.
        assertThat(value(copy, "SELECT first_name || ' ' || email FROM app.users WHERE id = 2001"))
                .isEqualTo("Ana Ana@Example.com");

        List<Probe> probes = search(classification);

        assertThat(probes)
                .extracting(Probe::column)
                .contains(
                        "app.users.last_name",
                        "app.users.street",
                        "app.users.about",
                        "app.users.homepage",
                        "app.users.tags",
                        "app.users.email",
                        "app.payments.payer")
                .as("kept, json, or of few values")
                .doesNotContain("app.users.role", "app.users.settings", "app.users.born");
        assertThat(probes)
                .filteredOn(probe -> probe.column().equals("app.users.last_name"))
                .extracting(Probe::originals)
                .as("Person1 to Person2000, and Team")
                .containsExactly(2001L);
    }

    @Test
    void aNameThatWasNotMaskedIsFoundAndNotTold() {
        sql(copy, "UPDATE app.users SET last_name = 'PERSON77 ' WHERE id IN (3, 4)");
        assertThatThrownBy(() -> search(classification))
                .hasMessageContaining("app.users.last_name holds 1 of 2001 originals that were searched for\n")
                .hasMessageNotContainingAny("77", "PERSON", "Person");
    }

    @Test
    void aWordOfFreeTextIsFoundInOtherText() {
        sql(copy, "UPDATE app.users SET about = 'no sauerkraut today' WHERE id = 9");
        assertThatThrownBy(() -> search(classification))
                .hasMessageContaining("app.users.about holds 1 of")
                .hasMessageNotContaining("auerkraut");
    }

    @Test
    void anElementOfAListIsFound() {
        sql(copy, "UPDATE app.users SET tags = ARRAY['h0', 'real12'] WHERE id = 9");
        assertThatThrownBy(() -> search(classification)).hasMessageContaining("app.users.tags holds 1 of");
    }

    @Test
    void aColumnThatIsWhollyUnmaskedIsFound() {
        Database raw = shop.emptyCopy();
        shop.copy(
                shop.classification(
                        "street: {type: character varying(80), mask: address}",
                        "street: {type: character varying(80), keep: a mistake}"),
                raw,
                MaskKey.random());
        copy = raw;
        assertThatThrownBy(() -> search(classification)).hasMessageContaining("app.users.street holds ");
    }

    @Test
    void wordsOfAfterSqlAndOfTheTeamAreNoOriginals() throws Exception {
        sql(
                copy,
                "UPDATE app.users SET about = 'sauerkraut is served' WHERE id = 9",
                "UPDATE app.users SET first_name = 'Ana' WHERE id = 10");
        StagingOwn own =
                new StagingOwn(List.of("UPDATE app.users SET about = 'Sauerkraut is served' WHERE id = 9"), List.of());

        assertThat(search(new Classification(
                        classification.team(),
                        classification.canary(),
                        classification.domains(),
                        classification.tables(),
                        classification.smallestGroup(),
                        own)))
                .isNotEmpty();
    }

    @Test
    void whatFewHaveIsNotSearchedFor() throws Exception {
        sql(shop.source, "UPDATE app.users SET homepage = 'https://shared.example/' || id % 19");
        try {
            sql(copy, "UPDATE app.users SET homepage = 'https://shared.example/7' WHERE id = 9");
            assertThat(search(classification)).extracting(Probe::column).doesNotContain("app.users.homepage");
        } finally {
            sql(shop.source, "UPDATE app.users SET homepage = 'https://real' || id || '.example.org/'");
        }
    }

    private List<Probe> search(Classification rules) throws Exception {
        Incoming incoming = new Incoming(PostgresForTests.CONNECTIONS, TOKEN, copy, copy.database(), "postgres");
        return new OriginalsSearch(PostgresForTests.CONNECTIONS, TOKEN, shop.source, rules, incoming, 2).search();
    }
}
