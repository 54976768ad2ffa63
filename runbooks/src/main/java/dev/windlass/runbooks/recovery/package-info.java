/** What a recovery types, and its page. */
@NullMarked
package dev.windlass.runbooks.recovery;

import org.jspecify.annotations.NullMarked;
