/** A database that still runs is compared with a copy beside it, and gets its rows back or gives its name away. */
@NullMarked
package dev.windlass.activities.recovery;

import org.jspecify.annotations.NullMarked;
