/** {@code windlass backup …}. */
@NullMarked
package dev.windlass.starter.backup;

import org.jspecify.annotations.NullMarked;
