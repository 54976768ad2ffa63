/** Proves who speaks, and shows questions where people are. */
@NullMarked
package dev.windlass.activities.approvals;

import org.jspecify.annotations.NullMarked;
