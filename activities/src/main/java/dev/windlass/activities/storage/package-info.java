@NullMarked
package dev.windlass.activities.storage;

import org.jspecify.annotations.NullMarked;
