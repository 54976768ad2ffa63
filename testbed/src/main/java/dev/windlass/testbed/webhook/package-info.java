@NullMarked
package dev.windlass.testbed.webhook;

import org.jspecify.annotations.NullMarked;
