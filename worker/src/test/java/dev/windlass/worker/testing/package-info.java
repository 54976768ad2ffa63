@NullMarked
package dev.windlass.worker.testing;

import org.jspecify.annotations.NullMarked;
