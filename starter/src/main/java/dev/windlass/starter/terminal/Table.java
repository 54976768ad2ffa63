package dev.windlass.starter.terminal;

import java.util.ArrayList;
import java.util.List;

/** Columns that line up, two blanks between them, nothing after the last. */
public final class Table {
    /** Where a column's text stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private final List<String> titles = new ArrayList<>();
    private final List<Align> aligns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    public Table left(String title) {
        return column(title, Align.LEFT);
    }

    public Table right(String title) {
        return column(title, Align.RIGHT);
    }

    private Table column(String title, Align align) {
        titles.add(title);
        aligns.add(align);
        return this;
    }

    public Table row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Lines with a line end each; a table without titles prints no title line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (titles.stream().anyMatch(title -> !title.isEmpty())) {
            appendLine(text, titles);
        }
        rows.forEach(row -> appendLine(text, row));
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            int missing = width(column) - TextWidth.of(cell);
            boolean right = aligns.get(column) == Align.RIGHT;
            line.append(right ? " ".repeat(missing) + cell : cell + " ".repeat(missing))
                    .append("  ");
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int widest = TextWidth.of(titles.get(column));
        for (List<String> row : rows) {
            widest = Math.max(widest, TextWidth.of(row.get(column)));
        }
        return widest;
    }
}
