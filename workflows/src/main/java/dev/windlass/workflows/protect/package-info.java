/** Continuous protection of PostgreSQL clusters by pgBackRest. */
@NullMarked
package dev.windlass.workflows.protect;

import org.jspecify.annotations.NullMarked;
