@NullMarked
package dev.windlass.worker.fault;

import org.jspecify.annotations.NullMarked;
