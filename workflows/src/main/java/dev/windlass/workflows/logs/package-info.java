/** What the commands of a run printed, as kept by the worker. */
@NullMarked
package dev.windlass.workflows.logs;

import org.jspecify.annotations.NullMarked;
