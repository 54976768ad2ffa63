/** A database schema changed as one unit: rehearsed on last night's data, approved, applied, verified, or undone. */
@NullMarked
package dev.windlass.workflows.migrate;

import org.jspecify.annotations.NullMarked;
