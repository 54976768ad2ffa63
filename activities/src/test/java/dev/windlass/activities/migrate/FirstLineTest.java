package dev.windlass.activities.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLineTest {
    private static final Path FILE = Path.of("/srv/sql/0007_drop.up.sql");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-- windlass: expand                     | EXPAND   | false",
                "-- windlass: contract                   | CONTRACT | false",
                "-- windlass: no transaction             | UNMARKED | true",
                "-- windlass: contract, no transaction   | CONTRACT | true",
                "-- windlass: no transaction,expand      | EXPAND   | true",
                "-- Windlass:expand                      | EXPAND   | false",
                "-- CreateTable                          | UNMARKED | false",
                "ALTER TABLE a ADD b int;                | UNMARKED | false"
            })
    void readsWhatTheFirstLineSays(String line, Phase phase, boolean isBroken) {
        assertThat(FirstLine.of(FILE, line + "\r\nSELECT 1;\n"))
                .isEqualTo(new FirstLine(
                        phase, isBroken ? Optional.of(Wrapping.STATEMENT_BY_STATEMENT) : Optional.empty()));
    }

    @Test
    void readsNoOtherLine() {
        assertThat(FirstLine.of(FILE, "SELECT 1;\n-- windlass: expand\n").phase())
                .isEqualTo(Phase.UNMARKED);
        assertThat(FirstLine.of(FILE, "").phase()).isEqualTo(Phase.UNMARKED);
    }

    @Test
    void wordsThatMeanNothingAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> FirstLine.of(FILE, "-- windlass: contract, no transactions\n"))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().message())
                        .isEqualTo("/srv/sql/0007_drop.up.sql:1: \"no transactions\" says nothing to Windlass\n"
                                + "hint: write -- windlass: and then expand or contract, no transaction, or one of each"
                                + " with a comma between\nsee: runbooks/migrate.md#marks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- windlass:",
                "-- windlass: Expand",
                "-- windlass: expand, contract",
                "-- windlass: expand,",
                "-- windlass: expand contract",
                "-- windlass: no transaction, no transaction"
            })
    void neitherIsGuessed(String line) {
        assertThatThrownBy(() -> FirstLine.of(FILE, line))
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().anchor()).isEqualTo("migrate.md#marks"));
    }
}
