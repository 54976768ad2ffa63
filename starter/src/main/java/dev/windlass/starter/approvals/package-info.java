/** Questions and their answers on the command line, and the signatures under both. */
@NullMarked
package dev.windlass.starter.approvals;

import org.jspecify.annotations.NullMarked;
