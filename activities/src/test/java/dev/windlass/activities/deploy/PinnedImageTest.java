package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedImageTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"shop", "acme/shop", "ghcr.io/acme/shop", "registry.example.org:5000/shop"})
    void takesARepository(String repository) {
        assertThat(new PinnedImage(repository, DIGEST)).hasToString(repository + "@" + DIGEST);
    }

    /** Trap 5: Dokploy takes such a tag for a port. */
    @ParameterizedTest
    @ValueSource(strings = {"acme/shop:42", "shop:1", "ghcr.io/acme/shop:v1", "ghcr.io/acme/shop@sha256:1", "Shop", ""})
    void refusesATag(String repository) {
        assertThatThrownBy(() -> new PinnedImage(repository, DIGEST))
                .hasMessage(
                        "\"" + repository + "\" is no repository of images, as in ghcr.io/acme/shop (without a tag)");
    }

    @Test
    void refusesWhatIsNoDigest() {
        assertThatThrownBy(() -> new PinnedImage("acme/shop", "v1"))
                .hasMessage("a digest is sha256: and 64 hex digits, not \"v1\"");
    }

    @Test
    void isKnownByItsDigestWhateverTheTagSays() {
        PinnedImage image = new PinnedImage("acme/shop", DIGEST);
        assertThat(image.isNamedBy("acme/shop:v2@" + DIGEST)).isTrue();
        assertThat(image.isNamedBy("acme/shop@sha256:" + "b".repeat(64))).isFalse();
        assertThat(image.isNamedBy("acme/shop:latest")).isFalse();
    }
}
