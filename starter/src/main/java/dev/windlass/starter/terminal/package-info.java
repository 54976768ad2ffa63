/** What a person sees: tables, amounts, progress. */
@NullMarked
package dev.windlass.starter.terminal;

import org.jspecify.annotations.NullMarked;
