@NullMarked
package dev.windlass.runbooks.deploy;

import org.jspecify.annotations.NullMarked;
