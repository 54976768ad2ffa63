/** {@code windlass audit …}. */
@NullMarked
package dev.windlass.starter.audit;

import org.jspecify.annotations.NullMarked;
