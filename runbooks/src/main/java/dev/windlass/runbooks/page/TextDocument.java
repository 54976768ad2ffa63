package dev.windlass.runbooks.page;

import java.util.ArrayList;
import java.util.List;

final class TextDocument implements Document {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void heading(String words) {
        blankLine();
        line("== " + words);
    }

    @Override
    public void paragraph(String words) {
        line("  " + words);
    }

    @Override
    public void facts(String title, List<String> lines) {
        String name = title;
        for (String each : lines) {
            line("  %-10s %s".formatted(name, each));
            name = "";
        }
    }

    @Override
    public void table(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append("  ").append(padded(row.get(column), width(all, column)));
            }
            line(line.toString().stripTrailing());
        }
    }

    /** From the first column on, or the end of a here-document would not be seen when it is pasted. */
    @Override
    public void code(List<String> lines) {
        lines.forEach(this::line);
    }

    @Override
    public String text() {
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private void blankLine() {
        if (!text.isEmpty()) {
            text.append('\n');
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
