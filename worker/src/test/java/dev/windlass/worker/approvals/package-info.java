@NullMarked
package dev.windlass.worker.approvals;

import org.jspecify.annotations.NullMarked;
