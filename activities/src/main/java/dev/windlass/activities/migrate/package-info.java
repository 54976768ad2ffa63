@NullMarked
package dev.windlass.activities.migrate;

import org.jspecify.annotations.NullMarked;
