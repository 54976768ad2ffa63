package dev.windlass.testbed.dokploy;

import java.nio.charset.StandardCharsets;

/** What the control port says when it has done what it was told. */
final class Told {
    static final byte[] OK = "ok\n".getBytes(StandardCharsets.UTF_8);

    private Told() {}
}
