/** What a new machine needs, and whether the sets hold it. */
@NullMarked
package dev.windlass.runbooks.inventory;

import org.jspecify.annotations.NullMarked;
