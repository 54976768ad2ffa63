/** Runs on a Temporal server: the port that commands use, and its implementation. */
@NullMarked
package dev.windlass.starter.runs;

import org.jspecify.annotations.NullMarked;
