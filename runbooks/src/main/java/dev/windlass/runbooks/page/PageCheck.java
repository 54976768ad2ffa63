package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares pages with their sources. */
public final class PageCheck {
    private final SortedMap<String, Page> pages = new TreeMap<>();
    private final List<PageSource> sources;

    /** @param texts the Markdown of each page, by file name */
    public PageCheck(Map<String, String> texts, List<PageSource> sources) {
        texts.forEach((name, text) -> pages.put(name, new Page(name, text)));
        this.sources = List.copyOf(sources);
    }

    /** Everything that is not as it must be; empty when the pages are true. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        pages.values().forEach(page -> findings.addAll(Skeleton.findings(page)));
        for (PageSource source : sources) {
            Page page = pages.get(source.page());
            if (page == null) {
                findings.add(source.page() + ": there is no such page\n  hint: write it with the headings "
                        + String.join(" · ", Skeleton.HEADINGS));
                continue;
            }
            findings.addAll(regionFindings(page, source));
            source.failures().forEach(failure -> findings.addAll(anchorFindings(page, failure)));
        }
        return findings;
    }

    private static List<String> regionFindings(Page page, PageSource source) {
        Map<String, String> written;
        try {
            written = page.regions();
        } catch (PageException broken) {
            return List.of(broken.getMessage() + "\n  hint: a region stands between <!-- generated:NAME --> and"
                    + " <!-- /generated -->");
        }
        Map<String, String> current = PageGenerator.regions(source);
        List<String> findings = new ArrayList<>();
        current.forEach((name, content) -> {
            String onPage = written.get(name);
            if (onPage == null) {
                findings.add(page.name() + ": region \"" + name + "\" is not marked\n  hint: write <!-- generated:"
                        + name + " --> and <!-- /generated --> where it belongs");
            } else if (!onPage.equals(content)) {
                findings.add(page.name() + ": region \"" + name + "\" is not current\n" + LineDiff.of(onPage, content)
                        + "  hint: run bin/docs generate and read what changed");
            }
        });
        written.keySet().stream()
                .filter(name -> !current.containsKey(name))
                .forEach(name ->
                        findings.add(page.name() + ": region \"" + name + "\" is not one that is generated\n  hint: "
                                + "the regions are " + String.join(", ", current.keySet())));
        return findings;
    }

    private List<String> anchorFindings(Page source, Failure failure) {
        String[] parts = failure.anchor().split("#", 2);
        Page target = pages.get(parts[0]);
        Set<String> anchors = target == null ? Set.of() : target.anchors();
        if (parts.length == 2 && anchors.contains(parts[1])) {
            return List.of();
        }
        return List.of(source.name() + ": failure \"" + failure.fact() + "\" leads to " + failure.anchor()
                + ", which does not exist\n  hint: add a heading or <a id=\"" + parts[parts.length - 1]
                + "\"></a> there");
    }
}
