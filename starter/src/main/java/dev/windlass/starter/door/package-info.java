/** What every command is handed, and what commands share: connecting, starting, waiting, telling. */
@NullMarked
package dev.windlass.starter.door;

import org.jspecify.annotations.NullMarked;
