package dev.windlass.activities.stagingsync;

/** Bytes of UTF-8, as far as a form needs to know them. */
final class Characters {
    private Characters() {}

    /** Of the part of an address before the {@code @}. */
    static boolean isLocal(byte at) {
        return isWord(at) || at == '.' || at == '-' || at == '+' || at == '%' || at == '_' || at == '\'';
    }

    /** Letters of other scripts have bytes below zero. So have their spaces and quotation marks: where a number begins or ends, ask {@link #isAsciiWord}. */
    static boolean isWord(byte at) {
        return isAsciiWord(at) || at < 0;
    }

    static boolean isAsciiWord(byte at) {
        return isDigit(at) || isCapital(at) || at >= 'a' && at <= 'z';
    }

    static boolean isDigit(byte at) {
        return at >= '0' && at <= '9';
    }

    static boolean isCapital(byte at) {
        return at >= 'A' && at <= 'Z';
    }

    static byte lower(byte at) {
        return isCapital(at) ? (byte) (at + 32) : at;
    }
}
