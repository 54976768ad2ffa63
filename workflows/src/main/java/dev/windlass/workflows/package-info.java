@NullMarked
package dev.windlass.workflows;

import org.jspecify.annotations.NullMarked;
