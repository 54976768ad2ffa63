package dev.windlass.testbed.dokploy;

import java.util.Optional;

/** One thing Dokploy refuses. */
interface DokployRule {
    Optional<DokployAnswer> judge(DokployCall call);
}
