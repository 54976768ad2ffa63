package dev.windlass.activities.stagingsync;

/**
 * In the text of COPY a line break within a value is a backslash and the letter n (PostgreSQL's manual, COPY, "Text Format"), and in JSON
 * within it the backslash is doubled, once more for JSON within JSON. The letter is then no letter of what comes behind it.
 */
final class EscapedText {
    private EscapedText() {}

    /** The same bytes, each at its place, with a space for the letter of each escape; the array itself where there is none. */
    static byte[] withoutEscapes(byte[] bytes, int length) {
        byte[] plain = bytes;
        for (int i = 0; i < length - 1; i++) {
            if (bytes[i] == '\\' && isEscape(bytes[i + 1])) {
                plain = plain == bytes ? bytes.clone() : plain;
                plain[i + 1] = ' ';
            }
        }
        return plain;
    }

    private static boolean isEscape(byte letter) {
        return switch (letter) {
            case 'b', 'f', 'n', 'r', 't', 'v' -> true;
            default -> false;
        };
    }
}
