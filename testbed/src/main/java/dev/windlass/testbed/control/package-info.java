@NullMarked
package dev.windlass.testbed.control;

import org.jspecify.annotations.NullMarked;
