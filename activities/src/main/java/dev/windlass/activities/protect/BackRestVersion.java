package dev.windlass.activities.protect;

import dev.windlass.runbooks.config.Store.S3Store.Dialect;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pgBackRest is accepted. Below 2.45 nothing was tried. From 2.58 on the parts of an upload grow when a file is larger
 * than 1 GiB (release notes of 2.58, "Dynamically size S3/GCS/Azure chunks for large uploads"), and R2 takes equal parts
 * only: developers.cloudflare.com/r2/objects/multipart-objects/#limitations.
 */
final class BackRestVersion {
    private static final Pattern PRINTED = Pattern.compile("pgBackRest (\\d+)\\.(\\d+)(?:\\.(\\d+))?\\S*");
    private static final int MAJOR = 2;
    private static final int OLDEST = 45;
    private static final int FIRST_WITH_GROWING_PARTS = 58;
    private static final int NEWEST = 59;

    private BackRestVersion() {}

    /** @return the version, such as {@code 2.45} */
    static String require(String printed, Dialect dialect) {
        int newest = dialect == Dialect.R2 ? FIRST_WITH_GROWING_PARTS - 1 : NEWEST;
        String accepted = MAJOR + "." + OLDEST + " to " + MAJOR + "." + newest
                + (dialect == Dialect.R2 ? " (later ones write parts that R2 refuses)" : "");
        Matcher version = PRINTED.matcher(printed.strip());
        if (!version.matches()) {
            throw ProtectFailures.version("\"" + printed + "\"", accepted);
        }
        int minor = Integer.parseInt(version.group(2));
        if (Integer.parseInt(version.group(1)) != MAJOR || minor < OLDEST || minor > newest) {
            throw ProtectFailures.version(printed.strip().substring("pgBackRest ".length()), accepted);
        }
        return MAJOR + "." + minor;
    }
}
