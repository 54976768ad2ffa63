@NullMarked
package dev.windlass.activities.protect;

import org.jspecify.annotations.NullMarked;
