@NullMarked
package dev.windlass.runbooks.backup;

import org.jspecify.annotations.NullMarked;
