@NullMarked
package dev.windlass.testbed.smtp;

import org.jspecify.annotations.NullMarked;
