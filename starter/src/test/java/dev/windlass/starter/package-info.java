@NullMarked
package dev.windlass.starter;

import org.jspecify.annotations.NullMarked;
