@NullMarked
package dev.windlass.testbed.launch;

import org.jspecify.annotations.NullMarked;
