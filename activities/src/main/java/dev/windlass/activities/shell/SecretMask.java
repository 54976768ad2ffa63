package dev.windlass.activities.shell;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes secrets out of text: as they are, URL-encoded, and inside base64 whatever stands before them there (as in the
 * header of a basic authorization).
 */
final class SecretMask {
    static final String MASK = "***";
    /** Shorter pieces of base64 stand in innocent text as well. */
    private static final int SHORTEST_BASE64 = 6;

    private final List<String> forms;

    SecretMask(Collection<String> secrets) {
        Set<String> all = new TreeSet<>();
        secrets.stream().filter(secret -> !secret.isBlank()).forEach(secret -> addForms(secret, all));
        // Longest first: one form may be a part of another.
        forms = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String apply(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, MASK);
        }
        return masked;
    }

    private static void addForms(String secret, Set<String> all) {
        all.add(secret);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        all.add(encoded);
        all.add(encoded.replace("+", "%20"));
        for (int before = 0; before < 3; before++) {
            addBase64(secret, before, all);
        }
    }

    /** The characters that do not depend on what stands before and behind. */
    private static void addBase64(String secret, int before, Set<String> all) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from < SHORTEST_BASE64) {
            return;
        }
        all.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
        all.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
}
