/** {@code windlass recover dns} and {@code windlass plan recover dns}. */
@NullMarked
package dev.windlass.starter.dns;

import org.jspecify.annotations.NullMarked;
