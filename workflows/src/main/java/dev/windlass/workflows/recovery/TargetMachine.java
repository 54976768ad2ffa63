package dev.windlass.workflows.recovery;

import java.util.regex.Pattern;

/**
 * The bare machine that becomes the new server.
 *
 * @param host a name or an address, as {@code ssh} takes it
 * @param user who logs in: root, or one who may become root by sudo without a password
 */
public record TargetMachine(String host, int port, String user) {
    /** It becomes a word of ssh, which takes what begins with a dash as an option. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}");

    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    public TargetMachine {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("\"" + host + "\" is not the name or address of a machine");
        }
        if (!USER.matcher(user).matches()) {
            throw new IllegalArgumentException("\"" + user + "\" is not the name of a user");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " must be between 1 and 65535");
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + (port == 22 ? "" : ":" + port);
    }
}
