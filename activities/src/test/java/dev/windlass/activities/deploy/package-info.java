@NullMarked
package dev.windlass.activities.deploy;

import org.jspecify.annotations.NullMarked;
