@NullMarked
package dev.windlass.worker.health;

import org.jspecify.annotations.NullMarked;
