package dev.windlass.runbooks.config;

import java.util.List;

/**
 * Something that ops.yml leaves open. The file can be used all the same.
 *
 * @param path of the key
 */
public record Remark(String path, String message, String hint) {
    public static List<Remark> of(Operations operations) {
        return operations
                .dns()
                .filter(dns -> dns.second().isEmpty())
                .map(dns -> List.of(new Remark(
                        "dns.second",
                        "is missing: when Cloudflare's API is down there is no path by which the names of zone "
                                + dns.zone() + " could be led elsewhere",
                        "make a name at another DNS provider that leads to this machine, let the machine answer for it,"
                                + " and write it here")))
                .orElse(List.of());
    }

    public String text() {
        return path + ": " + message + "\n  hint: " + hint;
    }
}
