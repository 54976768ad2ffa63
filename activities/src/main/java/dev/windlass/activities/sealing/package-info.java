@NullMarked
package dev.windlass.activities.sealing;

import org.jspecify.annotations.NullMarked;
