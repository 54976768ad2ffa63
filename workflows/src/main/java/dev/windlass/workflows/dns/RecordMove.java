package dev.windlass.workflows.dns;

/** A record that changes: only what is exactly {@code from} becomes {@code to}. Both have the same id. */
public record RecordMove(RecordState from, RecordState to) {
    public String words() {
        return from.words() + " to " + to.words();
    }
}
