/** {@code windlass deploy}, {@code rollback} and {@code releases}. */
@NullMarked
package dev.windlass.starter.deploy;

import org.jspecify.annotations.NullMarked;
