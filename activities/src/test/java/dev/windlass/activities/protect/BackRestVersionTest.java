package dev.windlass.activities.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Store.S3Store.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackRestVersionTest {
    @ParameterizedTest
    @CsvSource({"pgBackRest 2.45,2.45", "pgBackRest 2.57.0,2.57", "pgBackRest 2.57.0dev,2.57"})
    void acceptsWhatR2Takes(String printed, String version) {
        assertThat(BackRestVersion.require(printed, Dialect.R2)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"pgBackRest 2.44", "pgBackRest 2.58.0", "pgBackRest 3.0", "something else"})
    void refusesWhatWritesUnequalPartsOrWasNeverTried(String printed) {
        assertThatThrownBy(() -> BackRestVersion.require(printed, Dialect.R2))
                .hasMessageContaining(
                        "2.45 to 2.57 (later ones write parts that R2 refuses) is what is known to work here");
    }

    @Test
    void letsS3HaveTheLaterOnes() {
        assertThat(BackRestVersion.require("pgBackRest 2.59.0", Dialect.S3)).isEqualTo("2.59");
    }
}
