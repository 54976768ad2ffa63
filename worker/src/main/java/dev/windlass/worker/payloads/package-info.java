@NullMarked
package dev.windlass.worker.payloads;

import org.jspecify.annotations.NullMarked;
