/** A database that still runs gets back what it has lost, from a copy that is made beside it. */
@NullMarked
package dev.windlass.workflows.recovery;

import org.jspecify.annotations.NullMarked;
