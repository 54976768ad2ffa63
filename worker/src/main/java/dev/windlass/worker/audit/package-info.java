/** The audit log of this process, and its copies in the bucket. */
@NullMarked
package dev.windlass.worker.audit;

import org.jspecify.annotations.NullMarked;
