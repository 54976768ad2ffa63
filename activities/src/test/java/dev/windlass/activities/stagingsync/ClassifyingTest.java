package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import dev.windlass.workflows.stagingsync.SourceChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed for a real database. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClassifyingTest {
    private static ShopForSync shop;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        shop = new ShopForSync();
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void guessesAreMarkedAndHoldNoValue() {
        ClassifyAnswer answer = answer(shop.source);

        assertThat(answer.guesses()).isEqualTo(31);
        assertThat(answer.proposal())
                .contains(
                        "      email: {type: \"public.citext\", domain: email, guess: true}  # 100 % look like e-mail addresses\n",
                        "      payer: {type: \"public.citext\", domain: email, guess: true}",
                        "      phone: {type: text, mask: phone, by: id, guess: true}  # 100 % look like phone numbers, and unique\n",
                        "      user_ref: {type: uuid, domain: users_public_id, guess: true}  # refers to app.users\n",
                        "      about: {type: text, mask: text, guess: true}  # 100 % look like text with e-mail addresses in it\n",
                        "      settings: {type: jsonb, mask: json, allow: [], guess: true}")
                .doesNotContainPattern("real[0-9]|Real|Person|4179|mail\\.example\\.org|ana@");
    }

    @Test
    void aProposalThatWasLookedAtIsAnswered() throws IOException {
        Path file = directory.resolve("shop.yml");
        Files.writeString(file, answer(shop.source).proposal().replace(", guess: true", ""));
        Database classified = with(file);

        ClassifyAnswer looked = answer(classified);
        assertThat(looked.guesses()).isZero();
        // A domain of SQL says what it takes only when it is asked.
        assertThat(looked.findings())
                .singleElement()
                .asString()
                .startsWith(
                        "app.users.postcode: is app.postcode, which does not take what its mask gives: SQLSTATE 23514");

        sql(shop.source, "ALTER TABLE app.payments ADD note text");
        try {
            ClassifyAnswer later = answer(classified);
            assertThat(later.guesses()).isEqualTo(1);
            assertThat(later.proposal()).contains("      note: {type: text, mask: text, guess: true}  # by its name\n");
            assertThat(later.findings())
                    .containsExactly(
                            "app.payments.note: is a column that nobody has classified\n"
                                    + "  hint: say what becomes of it: keep: with a reason, mask: or domain: (its type is text)");
        } finally {
            sql(shop.source, "ALTER TABLE app.payments DROP note");
        }
    }

    @Test
    void aFileThatCannotBeReadIsReportedWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yml"), "version: 1\ntables: {}\nteam: [x]\n");
        assertThatThrownBy(() -> answer(with(file))).hasMessageContaining("shop.yml:2:9: tables: has no table");
    }

    private static ClassifyAnswer answer(Database database) {
        return new Classifying(
                        PostgresForTests.CONNECTIONS,
                        new StepToken("test", "classify", StepId.of("classify")),
                        database)
                .answer();
    }

    private static Database with(Path classification) {
        Database source = shop.source;
        return new Database(
                source.name(),
                source.database(),
                source.environment(),
                source.host(),
                source.port(),
                source.user(),
                source.password(),
                source.tools(),
                source.smoke(),
                Optional.of(new StagingSync(
                        classification.toString(),
                        new DatabaseName("staging"),
                        Duration.ofHours(1),
                        2,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        SourceChoice.PRODUCTION,
                        Duration.ofHours(26),
                        ReadingLimits.NONE)));
    }
}
