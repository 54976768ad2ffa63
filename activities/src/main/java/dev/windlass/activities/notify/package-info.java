@NullMarked
package dev.windlass.activities.notify;

import org.jspecify.annotations.NullMarked;
