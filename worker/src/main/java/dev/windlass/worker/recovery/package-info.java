/** The recovery of a whole machine, led from a laptop: the launcher, its Temporal, the link, and the worker at the other end. */
@NullMarked
package dev.windlass.worker.recovery;

import org.jspecify.annotations.NullMarked;
