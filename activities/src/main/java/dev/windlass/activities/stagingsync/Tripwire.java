package dev.windlass.activities.stagingsync;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at every byte of what is copied, for values whose form tells that no mask has made them: masks write into name spaces that are
 * nobody's, so whatever has the form and stands outside of them is real. It cannot know names and free text, nor values that are
 * encoded (base64, an address with {@code \\u0040} in json): for those there is only the mask.
 */
final class Tripwire {
    enum Kind {
        EMAIL("an e-mail address"),
        PHONE("a phone number"),
        IBAN("an IBAN"),
        CARD("a card number"),
        IP("an internet address"),
        CANARY("the canary");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** @param offset in the bytes that were looked at */
    record Hit(Kind kind, int offset) {}

    private static final byte[] OURS = "example.test".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_IBAN = 34;
    private static final int SHORTEST_IBAN = 15;

    private final Set<String> team;
    private final byte[] canary;
    private final OwnValues own;

    Tripwire(Collection<String> team, Optional<String> canary) {
        this(team, canary, List.of());
    }

    /** @param own values of staging that pass as they stand here, whole; nothing else that holds them does */
    Tripwire(Collection<String> team, Optional<String> canary, Collection<String> own) {
        this.own = new OwnValues(own);
        this.team =
                team.stream().map(address -> address.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.canary = canary.orElse("").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    }

    /** The first that is found, or null: this is asked for every row. */
    @org.jspecify.annotations.Nullable
    Hit look(byte[] bytes, int length) {
        byte before = '\t';
        for (int i = 0; i < length; i++) {
            byte at = bytes[i];
            Kind kind = null;
            if (at == '@') {
                kind = isForeignAddress(bytes, i, length) ? Kind.EMAIL : null;
            } else if (at == '+') {
                kind = !isWord(before) && isForeignPhone(bytes, i + 1, length) ? Kind.PHONE : null;
            } else if (at >= '0' && at <= '9') {
                if (!isWord(before) && before != '.') {
                    kind = ofDigits(bytes, i, length);
                }
            } else if (at >= 'A' && at <= 'Z' && !isWord(before) && isForeignIban(bytes, i, length)) {
                kind = Kind.IBAN;
            }
            if (kind != null && own.stand(bytes, i, length)) {
                kind = null;
            }
            if (kind == null && canary.length > 0 && isCanary(bytes, i, length)) {
                kind = Kind.CANARY;
            }
            if (kind != null) {
                return new Hit(kind, i);
            }
            before = at;
        }
        return null;
    }

    private boolean isForeignAddress(byte[] bytes, int at, int length) {
        int start = at;
        while (start > 0 && isLocal(bytes[start - 1])) {
            start--;
        }
        int end = at + 1;
        while (end < length && (isWord(bytes[end]) || bytes[end] == '.' || bytes[end] == '-')) {
            end++;
        }
        while (end > at && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
            end--;
        }
        boolean hasDot = false;
        for (int i = at + 2; i < end - 2; i++) {
            hasDot |= bytes[i] == '.';
        }
        if (start == at || !hasDot || isOurs(bytes, at + 1, end)) {
            return false;
        }
        return team.isEmpty()
                || !team.contains(
                        new String(bytes, start, end - start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
    }

    private static boolean isOurs(byte[] bytes, int from, int to) {
        if (to - from != OURS.length) {
            return false;
        }
        for (int i = 0; i < OURS.length; i++) {
            if (lower(bytes[from + i]) != OURS[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isForeignPhone(byte[] bytes, int from, int length) {
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
    private static @org.jspecify.annotations.Nullable Kind ofDigits(byte[] bytes, int from, int length) {
        if (isForeignIp(bytes, from, length)) {
            return Kind.IP;
        }
        return isForeignCard(bytes, from, length) ? Kind.CARD : null;
    }

    /** Sixteen digits in one, or four by four; fifteen in one. ISO/IEC 7812: what the first digits of cards in use are. */
    private static boolean isForeignCard(byte[] bytes, int from, int length) {
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
        boolean endsHere = i >= length || !isWord(bytes[i]) && bytes[i] != '.';
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
        boolean endsHere = i >= length || !isWord(bytes[i]) && bytes[i] != '.' && bytes[i] != '-';
        boolean isAfterSlash = from > 0 && (bytes[from - 1] == '/' || bytes[from - 1] == '-');
        if (part != 3 || digits == 0 || !endsHere || isAfterSlash) {
            return false;
        }
        boolean isReserved = parts[0] == 192 && parts[1] == 0 && parts[2] == 2
                || parts[0] == 127
                || parts[0] == 0
                || parts[0] == 255;
        return !isReserved && parts[0] < 256 && parts[1] < 256 && parts[2] < 256 && parts[3] < 256;
    }

    /** ISO 13616: two letters, two digits, and modulo 97 it is 1. The bank 00000 of France is none. */
    private static boolean isForeignIban(byte[] bytes, int from, int length) {
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
                return !isWord(at) && isWhole(plain, count);
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

    private boolean isCanary(byte[] bytes, int from, int length) {
        if (lower(bytes[from]) != canary[0] || from + canary.length > length) {
            return false;
        }
        for (int i = 1; i < canary.length; i++) {
            if (lower(bytes[from + i]) != canary[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isLocal(byte at) {
        return isWord(at) || at == '.' || at == '-' || at == '+' || at == '%' || at == '_' || at == '\'';
    }

    /** Letters of other scripts are in UTF-8, with bytes below zero. */
    static boolean isWord(byte at) {
        return isDigit(at) || isCapital(at) || at >= 'a' && at <= 'z' || at < 0;
    }

    private static boolean isDigit(byte at) {
        return at >= '0' && at <= '9';
    }

    private static boolean isCapital(byte at) {
        return at >= 'A' && at <= 'Z';
    }

    private static byte lower(byte at) {
        return isCapital(at) ? (byte) (at + 32) : at;
    }
}
