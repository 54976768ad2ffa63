@NullMarked
package dev.windlass.workflows.backup;

import org.jspecify.annotations.NullMarked;
