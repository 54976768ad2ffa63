/** What runs have printed, and its copies in the bucket. */
@NullMarked
package dev.windlass.worker.logs;

import org.jspecify.annotations.NullMarked;
