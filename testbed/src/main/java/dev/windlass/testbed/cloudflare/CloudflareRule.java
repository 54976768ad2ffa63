package dev.windlass.testbed.cloudflare;

import java.util.Optional;

/** One thing Cloudflare refuses. */
interface CloudflareRule {
    Optional<CloudflareAnswer> judge(CloudflareCall call);
}
