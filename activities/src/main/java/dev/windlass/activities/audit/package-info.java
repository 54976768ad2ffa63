/** The hash-chained audit log: one file in the state directory, written by workers only, copied to the bucket. */
@NullMarked
package dev.windlass.activities.audit;

import org.jspecify.annotations.NullMarked;
