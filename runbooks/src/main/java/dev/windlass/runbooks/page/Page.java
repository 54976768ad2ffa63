package dev.windlass.runbooks.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown page with generated regions between {@code <!-- generated:NAME -->} and {@code <!-- /generated -->}. */
final class Page {
    private static final Pattern OPENING = Pattern.compile("<!-- generated:([a-z-]+) -->");
    private static final String CLOSING = "<!-- /generated -->";
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.+?) *#*");

    private final String name;
    private final List<String> lines;

    Page(String name, String text) {
        this.name = name;
        this.lines = text.lines().toList();
    }

    String name() {
        return name;
    }

    /** @throws PageException when a region is not closed, stands twice, or is closed without being opened */
    SequencedMap<String, String> regions() {
        SequencedMap<String, String> regions = new LinkedHashMap<>();
        String open = "";
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher opening = OPENING.matcher(line);
            if (line.equals(CLOSING) == open.isEmpty() && (line.equals(CLOSING) || opening.matches())) {
                throw new PageException(name + ":" + (i + 1) + ": region \"" + open + "\" is "
                        + (open.isEmpty() ? "closed without being opened" : "not closed before the next one"));
            }
            if (opening.matches()) {
                open = opening.group(1);
                content = new StringBuilder();
            } else if (line.equals(CLOSING)) {
                if (regions.put(open, content.toString()) != null) {
                    throw new PageException(name + ":" + (i + 1) + ": region \"" + open + "\" stands twice");
                }
                open = "";
            } else if (!open.isEmpty()) {
                content.append(lines.get(i)).append('\n');
            }
        }
        if (!open.isEmpty()) {
            throw new PageException(name + ": region \"" + open + "\" is not closed");
        }
        return regions;
    }

    /** The whole page with the content of its regions replaced; other lines stay as they are. */
    String with(Map<String, String> contents) {
        StringBuilder page = new StringBuilder();
        boolean isInside = false;
        for (String line : lines) {
            Matcher opening = OPENING.matcher(line.strip());
            if (line.strip().equals(CLOSING)) {
                isInside = false;
            }
            if (!isInside) {
                page.append(line).append('\n');
            }
            if (opening.matches() && contents.containsKey(opening.group(1))) {
                isInside = true;
                page.append(contents.get(opening.group(1)));
            }
        }
        return page.toString();
    }

    List<String> headings(int level) {
        return headings().stream()
                .filter(heading -> heading.level == level)
                .map(Heading::words)
                .toList();
    }

    /** Places that a link can lead to: explicit anchors, and headings as GitHub names them. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        headings()
                .forEach(heading -> anchors.add(heading.words
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-')));
        for (String line : lines) {
            ANCHOR.matcher(line).results().forEach(anchor -> anchors.add(anchor.group(1)));
        }
        return anchors;
    }

    private List<Heading> headings() {
        List<Heading> headings = new ArrayList<>();
        boolean isCode = false;
        for (String line : lines) {
            isCode ^= line.startsWith("```");
            Matcher heading = HEADING.matcher(line);
            if (!isCode && heading.matches()) {
                headings.add(new Heading(heading.group(1).length(), heading.group(2)));
            }
        }
        return headings;
    }

    private record Heading(int level, String words) {}
}
