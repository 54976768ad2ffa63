@NullMarked
package dev.windlass.activities.disk;

import org.jspecify.annotations.NullMarked;
