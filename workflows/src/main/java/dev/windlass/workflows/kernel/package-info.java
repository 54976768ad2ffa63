@NullMarked
package dev.windlass.workflows.kernel;

import org.jspecify.annotations.NullMarked;
