@NullMarked
package dev.windlass.activities.recovery;

import org.jspecify.annotations.NullMarked;
