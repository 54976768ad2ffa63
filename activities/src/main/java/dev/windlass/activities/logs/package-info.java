/** Reads what the shell keeps of a run's output. */
@NullMarked
package dev.windlass.activities.logs;

import org.jspecify.annotations.NullMarked;
