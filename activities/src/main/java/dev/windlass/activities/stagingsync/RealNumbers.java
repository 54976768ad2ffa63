package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.stagingsync.Characters.isAsciiWord;
import static dev.windlass.activities.stagingsync.Characters.isCapital;
import static dev.windlass.activities.stagingsync.Characters.isDigit;

import java.nio.charset.StandardCharsets;

/** Forms of numbers that are somebody's, from where they begin. */
final class RealNumbers {
    private static final int LONGEST_IBAN = 34;
    private static final int SHORTEST_IBAN = 15;

    private RealNumbers() {}

    static boolean isForeignPhone(byte[] bytes, int from, int length) {
        if (from >= length || bytes[from] < '1' || bytes[from] > '9') {
            return false;
        }
        int digits = 0;
        int nines = 0;
        int separators = 0;
        for (int i = from; i < length && digits <= 15; i++) {
            byte at = bytes[i];
            if (isDigit(at)) {
                nines += digits == nines && at == '9' ? 1 : 0;
                digits++;
                separators = 0;
            } else if (separators == 2
                    || (at != ' ' && at != '-' && at != '.' && at != '/' && at != '(' && at != ')')) {
                break;
            } else {
                separators++;
            }
        }
        return digits >= 8 && digits <= 15 && nines < 3;
    }

    /** At the first digit of a number. */
    static Tripwire.@org.jspecify.annotations.Nullable Kind ofDigits(byte[] bytes, int from, int length) {
        if (isForeignIp(bytes, from, length)) {
            return Tripwire.Kind.IP;
        }
        return isForeignCard(bytes, from, length) ? Tripwire.Kind.CARD : null;
    }

    /** Sixteen digits in one, or four by four; fifteen in one. ISO/IEC 7812: what the first digits of cards in use are. */
    private static boolean isForeignCard(byte[] bytes, int from, int length) {
        if (from + 15 > length || !isDigit(bytes[from + 1]) || !isDigit(bytes[from + 2]) || !isDigit(bytes[from + 3])) {
            return false;
        }
        int[] digits = new int[16];
        int count = 0;
        int i = from;
        byte separator = 0;
        while (i < length && count < 16) {
            byte at = bytes[i];
            if (isDigit(at)) {
                digits[count++] = at - '0';
            } else if ((at == ' ' || at == '-')
                    && count % 4 == 0
                    && (separator == 0 && count == 4 || separator == at)) {
                separator = at;
            } else {
                break;
            }
            i++;
        }
        boolean endsHere = i >= length || !isAsciiWord(bytes[i]) && bytes[i] != '.';
        int first = digits[0] * 10 + digits[1];
        boolean isInUse = count == 16
                ? digits[0] == 4
                        || first >= 51 && first <= 55
                        || first >= 22 && first <= 27
                        || first == 60
                        || first == 65
                : count == 15 && separator == 0 && (first == 34 || first == 37);
        return endsHere && isInUse && isLuhn(digits, count);
    }

    private static boolean isLuhn(int[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int twice = i % 2 == 1 ? digit * 2 : digit;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }

    private static boolean isForeignIp(byte[] bytes, int from, int length) {
        if (!hasDotAfterThreeDigitsAtMost(bytes, from, length)) {
            return false;
        }
        int[] parts = new int[4];
        int part = 0;
        int digits = 0;
        int i = from;
        for (; i < length; i++) {
            byte at = bytes[i];
            if (isDigit(at) && digits < 3) {
                parts[part] = parts[part] * 10 + at - '0';
                digits++;
            } else if (at == '.' && digits > 0 && part < 3) {
                part++;
                digits = 0;
            } else {
                break;
            }
        }
        boolean endsHere = i >= length || !isAsciiWord(bytes[i]) && bytes[i] != '.' && bytes[i] != '-';
        if (part != 3 || digits == 0 || !endsHere || isBehindVersionMark(bytes, from)) {
            return false;
        }
        boolean isReserved = parts[0] == 192 && parts[1] == 0 && parts[2] == 2
                || parts[0] == 127
                || parts[0] == 0
                || parts[0] == 255;
        return !isReserved && parts[0] < 256 && parts[1] < 256 && parts[2] < 256 && parts[3] < 256;
    }

    /** Most numbers have none. */
    private static boolean hasDotAfterThreeDigitsAtMost(byte[] bytes, int from, int length) {
        int i = from + 1;
        while (i < length && i < from + 3 && isDigit(bytes[i])) {
            i++;
        }
        return i < length && bytes[i] == '.';
    }

    /** As in {@code Chrome/120.0.0.0}; two slashes lead to a host, and JSON may write each with a backslash. */
    private static boolean isBehindVersionMark(byte[] bytes, int from) {
        int i = from - 1;
        if (i < 0 || bytes[i] != '/') {
            return i >= 0 && bytes[i] == '-';
        }
        do {
            i--;
        } while (i >= 0 && bytes[i] == '\\');
        return i < 0 || bytes[i] != '/';
    }

    /** ISO 13616: two letters, two digits, and modulo 97 it is 1. The bank 00000 of France is none. */
    static boolean isForeignIban(byte[] bytes, int from, int length) {
        if (from + SHORTEST_IBAN > length
                || !isCapital(bytes[from + 1])
                || !isDigit(bytes[from + 2])
                || !isDigit(bytes[from + 3])) {
            return false;
        }
        byte[] plain = new byte[LONGEST_IBAN + 1];
        int count = 0;
        for (int i = from; i < length && count <= LONGEST_IBAN; i++) {
            byte at = bytes[i];
            if (isDigit(at) || isCapital(at)) {
                plain[count++] = at;
            } else if (at != ' ' || i + 1 >= length || !(isDigit(bytes[i + 1]) || isCapital(bytes[i + 1]))) {
                return !isAsciiWord(at) && isWhole(plain, count);
            } else if (isWhole(plain, count)) {
                return true;
            }
        }
        return isWhole(plain, count);
    }

    private static boolean isWhole(byte[] iban, int count) {
        if (count < SHORTEST_IBAN || count > LONGEST_IBAN) {
            return false;
        }
        int rest = 0;
        for (int i = 0; i < count; i++) {
            byte at = iban[(i + 4) % count];
            rest = (isDigit(at) ? rest * 10 + at - '0' : rest * 100 + at - 'A' + 10) % 97;
        }
        boolean isNoBank =
                iban[0] == 'F' && iban[1] == 'R' && new String(iban, 4, 5, StandardCharsets.US_ASCII).equals("00000");
        return rest == 1 && !isNoBank;
    }
}
