package dev.windlass.starter.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void sizesHaveThreeDigits() {
        assertThat(new Long[] {0L, 999L, 1000L, 12_345L, 999_499L, 999_500L, 312_000_000L, 1_250_000_000_000L})
                .extracting(Amounts::bytes)
                .containsExactly("0 B", "999 B", "1.00 kB", "12.3 kB", "999 kB", "1.00 MB", "312 MB", "1.25 TB");
    }

    @Test
    void timesHaveTwoUnits() {
        assertThat(new Duration[] {
                    Duration.ofMillis(400),
                    Duration.ofSeconds(12),
                    Duration.ofSeconds(200),
                    Duration.ofMinutes(125),
                    Duration.ofHours(76)
                })
                .extracting(Amounts::time)
                .containsExactly("0.4 s", "12 s", "3 min 20 s", "2 h 05 min", "3 d 4 h");
    }

    @Test
    void agesHaveOneUnit() {
        assertThat(new Duration[] {
                    Duration.ofSeconds(-3),
                    Duration.ofSeconds(59),
                    Duration.ofMinutes(59),
                    Duration.ofHours(47),
                    Duration.ofHours(49)
                })
                .extracting(Amounts::age)
                .containsExactly("0 s", "59 s", "59 min", "47 h", "2 d");
    }
}
