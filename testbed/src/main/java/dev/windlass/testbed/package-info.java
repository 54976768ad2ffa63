@NullMarked
package dev.windlass.testbed;

import org.jspecify.annotations.NullMarked;
