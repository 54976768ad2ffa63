package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PartSizesTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void partsAreAsLargeAsOpsYmlSays() {
        PartSizes sizes = PartSizes.of(40 * MEBIBYTE + 1, 16);

        assertThat(sizes.count()).isEqualTo(3);
        assertThat(sizes.length(1)).isEqualTo(16 * MEBIBYTE);
        assertThat(sizes.offset(3)).isEqualTo(32 * MEBIBYTE);
        assertThat(sizes.length(3)).isEqualTo(8 * MEBIBYTE + 1);
    }

    @Test
    void partsGrowBeforeThereAreTooMany() {
        long terabyte = MEBIBYTE * MEBIBYTE;
        PartSizes sizes = PartSizes.of(terabyte, 16);

        assertThat(sizes.partBytes()).isEqualTo(105 * MEBIBYTE);
        assertThat(sizes.count()).isEqualTo(9987);
    }

    @Test
    void anEmptyFileIsOneEmptyPart() {
        assertThat(PartSizes.of(0, 16).count()).isEqualTo(1);
        assertThat(PartSizes.of(0, 16).length(1)).isZero();
    }

    @Test
    void whateverTheSizeThePartsAreEqualFewAndAddUp() {
        Random random = new Random(20261124);
        for (int round = 0; round < 2000; round++) {
            long bytes = random.nextLong(1L << random.nextInt(1, 43));
            PartSizes sizes = PartSizes.of(bytes, random.nextInt(5, 5121));
            int count = sizes.count();

            assertThat(count).isBetween(1, PartSizes.MOST_PARTS);
            assertThat((count - 1) * sizes.partBytes() + sizes.length(count)).isEqualTo(bytes);
            assertThat(sizes.length(count)).isLessThanOrEqualTo(sizes.partBytes());
            assertThat(sizes.partBytes()).isGreaterThanOrEqualTo(5 * MEBIBYTE);
        }
    }
}
