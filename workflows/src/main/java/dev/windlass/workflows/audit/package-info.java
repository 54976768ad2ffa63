/** The hash-chained log of every start, decision, changing effect and outcome. */
@NullMarked
package dev.windlass.workflows.audit;

import org.jspecify.annotations.NullMarked;
