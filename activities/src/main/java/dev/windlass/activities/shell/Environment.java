package dev.windlass.activities.shell;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment that programs start from: the worker's own never leaks into them. */
final class Environment {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final Pattern REFERENCE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

    private Environment() {}

    static SortedMap<String, String> of(
            Map<String, String> plain, Map<String, String> secrets, Map<String, String> marks) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("PATH", PATH);
        all.put("HOME", System.getProperty("user.home", "/"));
        all.put("LANG", "C.UTF-8");
        all.put("TZ", "UTC");
        plain.forEach((name, value) -> all.put(name, expand(value, secrets)));
        all.putAll(secrets);
        // Last, so that nothing can take a command away from its step.
        all.putAll(marks);
        return all;
    }

    /** A URL with a password in it exists nowhere but in the environment of the program that reads it. */
    private static String expand(String value, Map<String, String> secrets) {
        return REFERENCE.matcher(value).replaceAll(found -> {
            String secret = secrets.get(found.group(1));
            return Matcher.quoteReplacement(secret == null ? found.group() : encoded(secret));
        });
    }

    /** As a URL wants it, which is another text to blot out than the secret itself. */
    static String encoded(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
