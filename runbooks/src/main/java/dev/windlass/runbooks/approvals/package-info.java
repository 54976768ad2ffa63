/** Approvals: what is typed to sign and to verify, and the page. */
@NullMarked
package dev.windlass.runbooks.approvals;

import org.jspecify.annotations.NullMarked;
