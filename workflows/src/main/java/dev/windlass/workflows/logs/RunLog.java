package dev.windlass.workflows.logs;

import java.util.Optional;

/**
 * Whole lines of a log.
 *
 * @param text empty when there is nothing new
 * @param next where the next question goes on
 * @param copy where a copy is, when the log itself is no longer on the worker's machine
 */
public record RunLog(String text, long next, Optional<String> copy) {}
