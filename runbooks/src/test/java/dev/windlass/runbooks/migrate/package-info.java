@NullMarked
package dev.windlass.runbooks.migrate;

import org.jspecify.annotations.NullMarked;
