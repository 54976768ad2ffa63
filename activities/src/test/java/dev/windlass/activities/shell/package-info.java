@NullMarked
package dev.windlass.activities.shell;

import org.jspecify.annotations.NullMarked;
