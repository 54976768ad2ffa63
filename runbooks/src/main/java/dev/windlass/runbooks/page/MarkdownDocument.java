package dev.windlass.runbooks.page;

import java.util.List;
import java.util.stream.Collectors;

final class MarkdownDocument implements Document {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void heading(String words) {
        block("**" + escaped(words) + "**");
    }

    @Override
    public void paragraph(String words) {
        block(escaped(words));
    }

    @Override
    public void facts(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            block(lines.stream()
                    .map(line -> "- " + title + ": " + escaped(line))
                    .collect(Collectors.joining("\n")));
        }
    }

    @Override
    public void table(List<String> head, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(head));
        table.append("\n|").append(" --- |".repeat(head.size()));
        rows.forEach(cells -> table.append('\n').append(row(cells)));
        block(table.toString());
    }

    @Override
    public void code(List<String> lines) {
        String fence = lines.stream().anyMatch(line -> line.contains("```")) ? "````" : "```";
        block(fence + "sh\n" + String.join("\n", lines) + "\n" + fence);
    }

    @Override
    public String text() {
        return text.toString();
    }

    /** Raw Markdown, such as a link in a cell, starts with a bracket and comes from us only. */
    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.startsWith("[") ? cell : escaped(cell))
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_");
    }

    private void block(String lines) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(lines).append('\n');
    }
}
