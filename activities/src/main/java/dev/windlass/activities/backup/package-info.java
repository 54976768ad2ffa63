@NullMarked
package dev.windlass.activities.backup;

import org.jspecify.annotations.NullMarked;
