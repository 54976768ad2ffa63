package dev.windlass.activities.deploy;

import java.util.Optional;

/**
 * One line of the access log, in the format of ops.example.yml: {@code $msec|$status|$request_time|$upstream_addr|$upstream_status}.
 *
 * @param ended seconds since 1970
 * @param seconds how long the request took
 * @param upstream the address that answered last, such as {@code 127.0.0.1:4101}
 */
record AccessLine(double ended, int status, double seconds, String upstream) {
    private static final int SWITCHING_PROTOCOLS = 101;

    static Optional<AccessLine> parse(String line) {
        String[] fields = line.split("\\|", -1);
        if (fields.length != 5) {
            return Optional.empty();
        }
        try {
            // With several upstreams tried: "a, b", and "a : b" after an internal redirect.
            String[] tried = fields[3].split(",| : ");
            return Optional.of(new AccessLine(
                    Double.parseDouble(fields[0]),
                    Integer.parseInt(fields[1]),
                    Double.parseDouble(fields[2]),
                    tried[tried.length - 1].strip()));
        } catch (NumberFormatException otherFormat) {
            return Optional.empty();
        }
    }

    boolean isError() {
        return status >= 500;
    }

    /** Its time says how long somebody stayed, not how long they waited. */
    boolean isWebSocket() {
        return status == SWITCHING_PROTOCOLS;
    }

    double begun() {
        return ended - seconds;
    }
}
