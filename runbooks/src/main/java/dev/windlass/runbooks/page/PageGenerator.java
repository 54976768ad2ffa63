package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** Makes the generated regions of a page from its source. */
public final class PageGenerator {
    private PageGenerator() {}

    /** Regions by name: {@code steps}, {@code failures}, {@code by-hand}, {@code undo} and those of other policies and requests; each ends with a line end. */
    public static SequencedMap<String, String> regions(PageSource source) {
        PlanWriter plan = new PlanWriter(source.plan(), new NamedPlaces());
        SequencedMap<String, String> regions = new LinkedHashMap<>();
        regions.put("steps", write(plan::writeSteps));
        regions.put("failures", write(document -> writeFailures(source, document)));
        regions.put("by-hand", write(source.handPlan().map(HandPlan::writer).orElse(plan)::writeByHand));
        regions.put("undo", write(plan::writeUndo));
        source.otherUndos()
                .forEach((region, other) ->
                        regions.put(region, write(new PlanWriter(other, new NamedPlaces())::writeUndo)));
        source.otherWays()
                .forEach((region, other) ->
                        regions.put(region, write(new PlanWriter(other, new NamedPlaces())::writeByHand)));
        source.otherHandPlans()
                .forEach((region, other) -> regions.put(region, write(other.writer()::writeStepsByHand)));
        return regions;
    }

    /** @param text the page as it is, with its regions marked */
    public static String generate(PageSource source, String text) {
        Page page = new Page(source.page(), text);
        SequencedMap<String, String> regions = regions(source);
        List<String> missing = regions.keySet().stream()
                .filter(region -> !page.regions().containsKey(region))
                .toList();
        if (!missing.isEmpty()) {
            throw new PageException(source.page() + ": region \"" + missing.getFirst() + "\" is not marked");
        }
        return page.with(regions);
    }

    private static void writeFailures(PageSource source, Document document) {
        document.table(
                List.of("What you read", "What to do", "More"),
                source.failures().stream()
                        .map(failure -> List.of(failure.fact(), failure.hint(), link(source, failure)))
                        .toList());
    }

    private static String link(PageSource source, Failure failure) {
        String anchor = failure.anchor();
        String ownPage = source.page() + "#";
        String target = anchor.startsWith(ownPage) ? anchor.substring(ownPage.length() - 1) : anchor;
        return "[" + anchor.substring(anchor.indexOf('#') + 1) + "](" + target + ")";
    }

    private static String write(Consumer<Document> part) {
        Document document = new MarkdownDocument();
        part.accept(document);
        return document.text();
    }
}
