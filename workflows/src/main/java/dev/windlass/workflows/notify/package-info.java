@NullMarked
package dev.windlass.workflows.notify;

import org.jspecify.annotations.NullMarked;
