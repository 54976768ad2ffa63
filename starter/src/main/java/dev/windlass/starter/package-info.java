/** The human's door: the command line {@code windlass}. */
@NullMarked
package dev.windlass.starter;

import org.jspecify.annotations.NullMarked;
