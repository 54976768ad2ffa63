@NullMarked
package dev.windlass.runbooks.approvals;

import org.jspecify.annotations.NullMarked;
