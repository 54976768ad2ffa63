@NullMarked
package dev.windlass.runbooks.page;

import org.jspecify.annotations.NullMarked;
