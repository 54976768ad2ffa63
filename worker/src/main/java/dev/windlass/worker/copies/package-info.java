/** Sends what grows on this machine to the bucket, piece by piece. */
@NullMarked
package dev.windlass.worker.copies;

import org.jspecify.annotations.NullMarked;
