@NullMarked
package dev.windlass.testbed.r2;

import org.jspecify.annotations.NullMarked;
