package dev.windlass.activities.shell;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment that programs start from: the worker's own never leaks into them. */
final class Environment {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    static SortedMap<String, String> of(
            Map<String, String> plain, Map<String, String> secrets, Map<String, String> marks) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("PATH", PATH);
        all.put("HOME", System.getProperty("user.home", "/"));
        all.put("LANG", "C.UTF-8");
        all.put("TZ", "UTC");
        all.putAll(plain);
        all.putAll(secrets);
        // Last, so that nothing can take a command away from its step.
        all.putAll(marks);
        return all;
    }
}
