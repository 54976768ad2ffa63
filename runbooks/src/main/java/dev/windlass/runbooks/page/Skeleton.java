package dev.windlass.runbooks.page;

import java.util.ArrayList;
import java.util.List;

/** The headings that every runbook page has, in this order, so that a tired person finds things where they always are. */
final class Skeleton {
    static final List<String> HEADINGS = List.of(
            "When",
            "Before you start",
            "What it does",
            "Start it",
            "Watch it",
            "What can fail",
            "By hand",
            "Undo",
            "Last rehearsed");

    private Skeleton() {}

    static List<String> findings(Page page) {
        List<String> found = page.headings(2);
        List<String> findings = new ArrayList<>();
        for (String heading : HEADINGS) {
            if (!found.contains(heading)) {
                findings.add(page.name() + ": heading \"## " + heading
                        + "\" is missing\n  hint: a page has, in this order: " + String.join(" · ", HEADINGS));
            }
        }
        List<String> known = found.stream().filter(HEADINGS::contains).toList();
        List<String> ordered = HEADINGS.stream().filter(known::contains).toList();
        if (!known.equals(ordered)) {
            findings.add(page.name() + ": headings stand in the order " + String.join(" · ", known)
                    + "\n  hint: put them in the order " + String.join(" · ", ordered));
        }
        return findings;
    }
}
