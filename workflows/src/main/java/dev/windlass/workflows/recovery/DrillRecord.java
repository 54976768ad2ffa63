package dev.windlass.workflows.recovery;

/** A line of {@code drills.jsonl}. @param run names it, so that it is written once */
public record DrillRecord(String run, DrillOutcome outcome) {}
