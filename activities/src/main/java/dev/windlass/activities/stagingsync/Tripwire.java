package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.stagingsync.Characters.isAsciiWord;
import static dev.windlass.activities.stagingsync.Characters.isCapital;
import static dev.windlass.activities.stagingsync.Characters.isDigit;
import static dev.windlass.activities.stagingsync.Characters.isLocal;
import static dev.windlass.activities.stagingsync.Characters.isWord;
import static dev.windlass.activities.stagingsync.Characters.lower;

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

    private static final boolean[] BEGINS_A_FORM = beginnings();

    private static final byte[] OURS = "example.test".getBytes(StandardCharsets.US_ASCII);

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

    /**
     * The first that is found, or null: this is asked for every row.
     *
     * @param bytes a row as COPY writes it, or a statement
     */
    @org.jspecify.annotations.Nullable
    Hit look(byte[] bytes, int length) {
        byte[] plain = EscapedText.withoutEscapes(bytes, length);
        for (int i = 0; i < length; i++) {
            // Most bytes begin no form: this is what a row costs.
            Kind kind = BEGINS_A_FORM[plain[i] & 0xff] ? formAt(bytes, plain, i, length) : null;
            if (kind != null && own.stand(plain, i, length)) {
                kind = null;
            }
            if (kind == null && canary.length > 0 && isCanary(bytes, i, length)) {
                kind = Kind.CANARY;
            }
            if (kind != null) {
                return new Hit(kind, i);
            }
        }
        return null;
    }

    private static boolean[] beginnings() {
        boolean[] begins = new boolean[256];
        for (int i = 0; i < begins.length; i++) {
            byte at = (byte) i;
            begins[i] = at == '@' || at == '+' || isDigit(at) || isCapital(at);
        }
        return begins;
    }

    private @org.jspecify.annotations.Nullable Kind formAt(byte[] bytes, byte[] plain, int i, int length) {
        byte at = plain[i];
        if (at == '@') {
            return isForeignAddress(bytes, plain, i, length) ? Kind.EMAIL : null;
        }
        byte before = i == 0 ? (byte) '\t' : plain[i - 1];
        if (isAsciiWord(before)) {
            return null;
        }
        if (at == '+') {
            return RealNumbers.isForeignPhone(plain, i + 1, length) ? Kind.PHONE : null;
        }
        if (isDigit(at)) {
            return before == '.' ? null : RealNumbers.ofDigits(plain, i, length);
        }
        return isCapital(at) && RealNumbers.isForeignIban(plain, i, length) ? Kind.IBAN : null;
    }

    /** One letter behind a backslash can be all that stands before the {@code @}: what it is there cannot be told, so it counts. */
    private boolean isForeignAddress(byte[] bytes, byte[] plain, int at, int length) {
        int start = at;
        while (start > 0 && isLocal(plain[start - 1])) {
            start--;
        }
        boolean hasLocal = at > 0 && isLocal(bytes[at - 1]);
        int end = endOfDomain(plain, at, length);
        boolean hasDot = false;
        for (int i = at + 2; i < end - 2; i++) {
            hasDot |= plain[i] == '.';
        }
        if (!hasLocal || !hasDot || isOurs(plain, at + 1, end)) {
            return false;
        }
        return !team.contains(new String(plain, start, end - start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
    }

    private static int endOfDomain(byte[] plain, int at, int length) {
        int end = at + 1;
        while (end < length && (isWord(plain[end]) || plain[end] == '.' || plain[end] == '-')) {
            end++;
        }
        while (end > at && (plain[end - 1] == '.' || plain[end - 1] == '-')) {
            end--;
        }
        return end;
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
}
