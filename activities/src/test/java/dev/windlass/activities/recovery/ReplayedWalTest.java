package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions in WAL, in bytes, against names of segments. */
class ReplayedWalTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            16777216,   16777216, 000000010000000000000000, true
            16777216,   16777216, 000000010000000000000001, false
            16777217,   16777216, 000000010000000000000001, true
            33554432,   16777216, 000000020000000000000001, true
            4294967296, 16777216, 0000000100000000000000FF, true
            4294967297, 16777216, 000000010000000100000000, true
            4294967296, 16777216, 000000010000000100000000, false
            3221225473, 1073741824, 000000010000000000000003, true
            4294967297, 1073741824, 000000010000000100000001, false
            """)
    void aSegmentIsReachedByItsFirstByte(long end, long segment, String name, boolean isReached) {
        assertThat(new ReplayedWal(end, segment).hasReached(name)).isEqualTo(isReached);
    }

    @ParameterizedTest
    @CsvSource({"16777216, …0000000000000000", "4294967297, …0000000100000000", "4294967296, …00000000000000FF"})
    void theLastOneIsNamed(long end, String words) {
        assertThat(new ReplayedWal(end, 1 << 24).words()).isEqualTo(words);
    }
}
