@NullMarked
package dev.windlass.runbooks.recovery;

import org.jspecify.annotations.NullMarked;
