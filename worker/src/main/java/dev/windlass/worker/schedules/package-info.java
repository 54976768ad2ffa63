@NullMarked
package dev.windlass.worker.schedules;

import org.jspecify.annotations.NullMarked;
