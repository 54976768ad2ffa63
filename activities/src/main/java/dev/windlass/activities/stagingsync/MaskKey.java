package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.stagingsync.MaskedTable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * What pseudonyms are derived by: 32 random bytes for one run, in this process's memory alone. Nobody can ask for it, and it has no
 * text, so that no log and no payload can get it by mistake.
 */
final class MaskKey {
    /** Of SHA-256, RFC 2104. */
    private static final int BLOCK = 64;

    private final byte[] key = new byte[32];

    private MaskKey() {}

    static MaskKey random() {
        MaskKey made = new MaskKey();
        new SecureRandom().nextBytes(made.key);
        return made;
    }

    /** For the startup packet of a session that masks. */
    Map<String, String> settings() {
        return Map.of(MaskedTable.INNER_PAD, padded((byte) 0x36), MaskedTable.OUTER_PAD, padded((byte) 0x5c));
    }

    private String padded(byte pad) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ pad);
        }
        return HexFormat.of().formatHex(block);
    }

    @Override
    public String toString() {
        return "a key";
    }
}
