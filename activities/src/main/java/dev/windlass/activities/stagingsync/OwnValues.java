package dev.windlass.activities.stagingsync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Values of staging's own that may stand in the finished copy: each whole, as it was written down. */
final class OwnValues {
    private final List<byte[]> values;

    OwnValues(Collection<String> values) {
        this.values = values.stream()
                .map(value -> value.strip().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** @param at where something was found that is one of these, or is not */
    boolean stand(byte[] bytes, int at, int length) {
        for (byte[] value : values) {
            for (int from = Math.max(0, at - value.length + 1); from <= at; from++) {
                if (stands(value, bytes, from, length)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Neither a part of a longer name or number, nor with a longer domain behind it. */
    private static boolean stands(byte[] value, byte[] bytes, int from, int length) {
        int end = from + value.length;
        if (end > length || !Arrays.equals(value, 0, value.length, bytes, from, end)) {
            return false;
        }
        return !goesOn(bytes, end, end + 1, length) && !goesOn(bytes, from - 1, from - 2, length);
    }

    /** A full stop and a quotation mark can belong to the sentence, and do when no letter or digit is on their other side. */
    private static boolean goesOn(byte[] bytes, int at, int beyond, int length) {
        if (at < 0 || at >= length || !Characters.isLocal(bytes[at])) {
            return false;
        }
        boolean isOfASentence = bytes[at] == '.' || bytes[at] == '\'';
        return !isOfASentence || beyond >= 0 && beyond < length && Characters.isWord(bytes[beyond]);
    }
}
