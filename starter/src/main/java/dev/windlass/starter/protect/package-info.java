/** {@code windlass protect …} and {@code windlass plan protect}. */
@NullMarked
package dev.windlass.starter.protect;

import org.jspecify.annotations.NullMarked;
