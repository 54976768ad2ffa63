@NullMarked
package dev.windlass.testbed.slack;

import org.jspecify.annotations.NullMarked;
