@NullMarked
package dev.windlass.runbooks.notify;

import org.jspecify.annotations.NullMarked;
