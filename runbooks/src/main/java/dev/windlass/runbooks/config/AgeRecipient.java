package dev.windlass.runbooks.config;

import java.util.Locale;

/**
 * A native X25519 recipient of age: Bech32 with the prefix {@code age} over 32 bytes
 * (https://age-encryption.org/v1, BIP-173).
 */
final class AgeRecipient {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int LENGTH = "age1".length() + 52 + 6;

    static final Form<String> RECIPIENT = new Form<>("a recipient, age1…", "missing", AgeRecipient::read);

    private AgeRecipient() {}

    private static String read(Scalar scalar) throws Misfit {
        String text = scalar.requireText();
        if (text.toUpperCase(Locale.ROOT).startsWith("AGE-SECRET-KEY")) {
            throw new Misfit(
                    "an age identity stands here, the secret half (not shown)",
                    "write the recipient that age-keygen -y prints, and make a new pair: this one has been in a file");
        }
        if (text.startsWith("ssh-")) {
            throw new Misfit("is an SSH key", "write an age recipient; age-keygen makes one");
        }
        int separator = text.lastIndexOf('1');
        if (!text.startsWith("age1")) {
            throw new Misfit(
                    "\"" + abbreviated(text) + "\" is not an age recipient",
                    "write what age-keygen calls the public key, age1…");
        }
        if (separator != 3) {
            throw new Misfit(
                    "\"" + text.substring(0, separator) + "\" recipients need a plugin of age",
                    "write a recipient that age-keygen makes without a plugin");
        }
        requireChecksum(text);
        return text;
    }

    private static void requireChecksum(String text) throws Misfit {
        int sum = prefix();
        for (char letter : text.substring(4).toCharArray()) {
            int value = ALPHABET.indexOf(letter);
            if (value < 0) {
                throw new Misfit(
                        "\"" + abbreviated(text) + "\" has a '" + letter + "' in it",
                        "copy the recipient again, whole");
            }
            sum = next(sum, value);
        }
        if (text.length() != LENGTH) {
            throw new Misfit(
                    "\"" + abbreviated(text) + "\" has " + text.length() + " characters, not " + LENGTH,
                    "copy the recipient again, whole");
        }
        if (sum != 1) {
            throw new Misfit(
                    "\"" + abbreviated(text) + "\" fails its checksum",
                    "copy the recipient again: a character is wrong");
        }
    }

    /** The prefix enters the checksum as its high bits, a zero, and its low bits. */
    private static int prefix() {
        int sum = 1;
        for (char letter : "age".toCharArray()) {
            sum = next(sum, letter >> 5);
        }
        sum = next(sum, 0);
        for (char letter : "age".toCharArray()) {
            sum = next(sum, letter & 31);
        }
        return sum;
    }

    private static int next(int sum, int value) {
        int top = sum >>> 25;
        int next = (sum & 0x1ffffff) << 5 ^ value;
        for (int bit = 0; bit < 5; bit++) {
            if ((top >> bit & 1) == 1) {
                next ^= GENERATOR[bit];
            }
        }
        return next;
    }

    private static String abbreviated(String text) {
        return text.length() <= 16 ? text : text.substring(0, 8) + "…" + text.substring(text.length() - 4);
    }
}
