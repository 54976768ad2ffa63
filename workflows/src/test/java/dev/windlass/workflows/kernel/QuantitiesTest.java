package dev.windlass.workflows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
    @Test
    void writesSizesInDecimalUnits() {
        assertThat(Quantities.bytes(0)).isEqualTo("0 B");
        assertThat(Quantities.bytes(999)).isEqualTo("999 B");
        assertThat(Quantities.bytes(1_000)).isEqualTo("1.0 kB");
        assertThat(Quantities.bytes(36_940_000)).isEqualTo("36.9 MB");
        assertThat(Quantities.bytes(999_600_000)).isEqualTo("1.0 GB");
        assertThat(Quantities.bytes(123_000_000_000L)).isEqualTo("123 GB");
    }

    @Test
    void writesTheTwoLargestUnitsOfATime() {
        assertThat(Quantities.time(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(Quantities.time(Duration.ofSeconds(250))).isEqualTo("4 min 10 s");
        assertThat(Quantities.time(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Quantities.time(Duration.ofHours(51))).isEqualTo("2 d 3 h");
    }

    @Test
    void saysOneTableAndTwoTables() {
        assertThat(Quantities.plural(1, "table")).isEqualTo("1 table");
        assertThat(Quantities.plural(1_204_211, "row")).isEqualTo("1,204,211 rows");
    }
}
