/** Names that lead to a machine are led to another one. */
@NullMarked
package dev.windlass.workflows.dns;

import org.jspecify.annotations.NullMarked;
