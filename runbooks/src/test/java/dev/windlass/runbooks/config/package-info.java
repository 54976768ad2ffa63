@NullMarked
package dev.windlass.runbooks.config;

import org.jspecify.annotations.NullMarked;
