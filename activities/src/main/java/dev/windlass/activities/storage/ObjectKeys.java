package dev.windlass.activities.storage;

import dev.windlass.activities.disk.DurableFiles;
import java.util.Arrays;

/** The one rule for keys, whatever the store: a relative path that stays below its root. */
final class ObjectKeys {
    private static final int LONGEST = 900;

    private ObjectKeys() {}

    static String requireKey(String key) {
        boolean proper = !key.isEmpty()
                && key.length() <= LONGEST
                && key.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f)
                && !key.endsWith(DurableFiles.PART)
                && Arrays.stream(key.split("/", -1)).noneMatch(ObjectKeys::isImproper);
        if (!proper) {
            throw new IllegalArgumentException("object key \"" + key
                    + "\" must be a relative path without empty parts, \"..\" or " + DurableFiles.PART);
        }
        return key;
    }

    /** The start of a key: its last part may be cut anywhere. */
    static String requirePrefix(String prefix) {
        if (!prefix.isEmpty()) {
            requireKey(prefix + "x");
        }
        return prefix;
    }

    private static boolean isImproper(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }
}
