package dev.windlass.workflows.logs;

/**
 * Whole lines of a log.
 *
 * @param text empty when there is nothing new
 * @param next where the next question goes on
 */
public record RunLog(String text, long next) {}
