@NullMarked
package dev.windlass.runbooks;

import org.jspecify.annotations.NullMarked;
