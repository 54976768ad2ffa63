@NullMarked
package dev.windlass.activities;

import org.jspecify.annotations.NullMarked;
