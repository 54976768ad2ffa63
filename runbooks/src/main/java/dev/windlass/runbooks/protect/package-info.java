@NullMarked
package dev.windlass.runbooks.protect;

import org.jspecify.annotations.NullMarked;
