package dev.windlass.runbooks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Quotes words as a person types them into a shell. For the eye only: what runs is never a line for a shell. */
final class ShellWords {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+=:./-]+");
    /** Slots stay as they are: braces without a comma mean nothing to a shell. */
    private static final Pattern SLOT = Pattern.compile("\\{[a-z][a-z0-9-]*}");

    private static final int WIDTH = 100;

    private ShellWords() {}

    static String word(String text) {
        String withoutSlots = SLOT.matcher(text).replaceAll("x");
        return HARMLESS.matcher(withoutSlots).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * Lines of at most {@value #WIDTH} columns where the words allow it, continued with a backslash; an option stays with
     * its value.
     */
    static List<String> wrap(List<String> words, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String unit : units(words)) {
            if (!line.isEmpty() && line.length() + 1 + unit.length() > WIDTH) {
                lines.add(line + " \\");
                line = new StringBuilder(indent).append(unit);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(unit);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> units(List<String> words) {
        List<String> units = new ArrayList<>();
        String before = "";
        for (String word : words) {
            boolean isValue = before.equals(">") || (before.startsWith("-") && !before.contains("="));
            if (isValue && !word.startsWith("-")) {
                units.set(units.size() - 1, units.getLast() + " " + word);
            } else {
                units.add(word);
            }
            before = word;
        }
        return units;
    }
}
