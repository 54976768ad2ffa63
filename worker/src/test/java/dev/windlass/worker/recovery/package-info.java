@NullMarked
package dev.windlass.worker.recovery;

import org.jspecify.annotations.NullMarked;
