package dev.windlass.testbed.r2;

import java.util.Optional;

/** One thing R2 refuses. Asked in the order of {@link Rules}, before the request reaches the storage. */
interface Rule {
    Optional<Refusal> judge(S3Request request);
}
