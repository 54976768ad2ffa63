@NullMarked
package dev.windlass.starter.terminal;

import org.jspecify.annotations.NullMarked;
