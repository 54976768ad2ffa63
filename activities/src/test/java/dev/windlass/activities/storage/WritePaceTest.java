package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WritePaceTest {
    private static final long SECOND = 1_000_000_000;

    private final WritePace pace = new WritePace();

    @Test
    void aKeyIsWrittenOnceASecond() {
        assertThat(pace.waitFor("a", 0)).isZero();
        assertThat(pace.waitFor("a", SECOND / 10)).isEqualTo(SECOND);
        assertThat(pace.waitFor("a", SECOND / 10)).isEqualTo(SECOND + 11 * SECOND / 10);
        assertThat(pace.waitFor("a", 10 * SECOND)).isZero();
    }

    @Test
    void otherKeysDoNotWait() {
        pace.waitFor("a", 0);
        assertThat(pace.waitFor("b", 0)).isZero();
    }
}
