/** {@code windlass recover database} and {@code windlass plan recover database}. */
@NullMarked
package dev.windlass.starter.recovery;

import org.jspecify.annotations.NullMarked;
