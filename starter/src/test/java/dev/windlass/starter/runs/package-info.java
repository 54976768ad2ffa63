@NullMarked
package dev.windlass.starter.runs;

import org.jspecify.annotations.NullMarked;
