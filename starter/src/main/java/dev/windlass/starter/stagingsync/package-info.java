/** {@code windlass classify}. */
@NullMarked
package dev.windlass.starter.stagingsync;

import org.jspecify.annotations.NullMarked;
