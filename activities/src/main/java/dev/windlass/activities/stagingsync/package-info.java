@NullMarked
package dev.windlass.activities.stagingsync;

import org.jspecify.annotations.NullMarked;
