@NullMarked
package dev.windlass.runbooks.command;

import org.jspecify.annotations.NullMarked;
