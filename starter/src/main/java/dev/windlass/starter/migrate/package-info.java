/** {@code windlass migrate} and {@code windlass plan migrate}. */
@NullMarked
package dev.windlass.starter.migrate;

import org.jspecify.annotations.NullMarked;
