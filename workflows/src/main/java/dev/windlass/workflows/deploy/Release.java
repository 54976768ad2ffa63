package dev.windlass.workflows.deploy;

/**
 * A version made immutable.
 *
 * @param content {@code sha256:} and 64 hex digits: the checksum of the artefact, or the digest of the image
 */
public record Release(Version version, String content) {
    public Release {
        if (!content.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("content of version " + version + " must be sha256: and 64 hex digits");
        }
    }

    /** The first twelve hex digits: enough for a person to compare. */
    public String abbreviated() {
        return content.substring(7, 19);
    }
}
