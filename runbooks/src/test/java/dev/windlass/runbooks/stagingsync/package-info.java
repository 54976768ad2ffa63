@NullMarked
package dev.windlass.runbooks.stagingsync;

import org.jspecify.annotations.NullMarked;
