package dev.windlass.activities.deploy;

import java.util.regex.Pattern;

/** An image that cannot become another one: a repository and a digest, never a tag. */
record PinnedImage(String repository, String digest) {
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9][a-z0-9._-]*)+|[a-z0-9][a-z0-9._-]*");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    PinnedImage {
        if (!REPOSITORY.matcher(repository).matches()) {
            throw new IllegalArgumentException(
                    "\"" + repository + "\" is no repository of images, as in ghcr.io/acme/shop (without a tag)");
        }
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("a digest is sha256: and 64 hex digits, not \"" + digest + "\"");
        }
    }

    /** Whether a reference that docker prints, with or without a tag, is this image. */
    boolean isNamedBy(String reference) {
        return reference.endsWith("@" + digest);
    }

    String reference() {
        return repository + "@" + digest;
    }

    @Override
    public String toString() {
        return reference();
    }
}
