@NullMarked
package dev.windlass.activities.effects;

import org.jspecify.annotations.NullMarked;
