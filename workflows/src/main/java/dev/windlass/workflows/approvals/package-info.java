/** Questions that people answer: approvals, parked steps, reviews of a break-glass. One Update, one validator. */
@NullMarked
package dev.windlass.workflows.approvals;

import org.jspecify.annotations.NullMarked;
