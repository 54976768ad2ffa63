/** A masked copy of a database for staging. */
@NullMarked
package dev.windlass.workflows.stagingsync;

import org.jspecify.annotations.NullMarked;
