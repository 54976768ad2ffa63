package dev.windlass.runbooks.page;

import java.util.List;

/** What a plan is written into: plain text for a terminal, or Markdown for pages and messages. */
sealed interface Document permits TextDocument, MarkdownDocument {
    void heading(String text);

    void paragraph(String text);

    /** Lines of "name: value". */
    void facts(String title, List<String> lines);

    /** Cells are plain text; a row has as many as the head. */
    void table(List<String> head, List<List<String>> rows);

    void code(List<String> lines);

    /** All that was written; ends with one line end. */
    String text();
}
