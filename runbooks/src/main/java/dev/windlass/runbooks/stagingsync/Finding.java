package dev.windlass.runbooks.stagingsync;

/**
 * Why nothing is copied yet. It never holds a value of a row.
 *
 * @param place {@code schema.table} or {@code schema.table.column}
 */
public record Finding(String place, String message, String hint) implements Comparable<Finding> {
    public String text() {
        return place + ": " + message + "\n  hint: " + hint;
    }

    @Override
    public int compareTo(Finding other) {
        int byPlace = place.compareTo(other.place);
        return byPlace != 0 ? byPlace : message.compareTo(other.message);
    }
}
