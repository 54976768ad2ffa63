package dev.windlass.workflows.kernel;

import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.Sql;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that are born in the run (the set's id, a snapshot, a port), filled into the places a plan keeps open for them.
 * Only the names given are filled; every other brace stays as it is.
 */
public record Slots(SortedMap<String, String> values) {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

    public Slots {
        values = Sorted.copyOf(values);
    }

    public static Slots none() {
        return new Slots(Sorted.of());
    }

    public static Slots of(String name, String value) {
        return new Slots(Sorted.of(name, value));
    }

    public Slots with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Slots(more);
    }

    public String fill(String text) {
        Matcher slot = SLOT.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (slot.find()) {
            String value = values.get(slot.group(1));
            slot.appendReplacement(filled, Matcher.quoteReplacement(value == null ? slot.group() : value));
        }
        return slot.appendTail(filled).toString();
    }

    public Effect fill(Effect effect) {
        return switch (effect) {
            case Command c ->
                new Command(
                        c.access(),
                        c.host(),
                        fill(c.argv()),
                        fill(c.environment()),
                        fillReferences(c.secrets()),
                        fill(c.input()),
                        fill(c.output()),
                        c.tolerated());
            case HttpCall h ->
                new HttpCall(
                        h.access(),
                        h.method(),
                        fill(h.url()),
                        h.body().map(this::fill),
                        h.authorization(),
                        h.address().map(this::fill));
            case DnsQuery d -> new DnsQuery(d.access(), fill(d.server()), fill(d.name()), d.type());
            case Sql s -> new Sql(s.access(), fill(s.connection()), fill(s.statement()));
            case ObjectCall o ->
                new ObjectCall(
                        o.access(),
                        o.verb(),
                        o.store(),
                        fill(o.key()),
                        o.condition(),
                        o.file().map(this::fill));
        };
    }

    private Channel fill(Channel channel) {
        return switch (channel) {
            case Channel.None none -> none;
            case Channel.Text text -> new Channel.Text(fill(text.text()));
            case Channel.PlainFile plain -> new Channel.PlainFile(fill(plain.path()));
            case Channel.SealedFile sealed ->
                new Channel.SealedFile(fill(sealed.path()), sealed.zstdLevel(), fill(sealed.recipients()));
            case Channel.OpenedFile opened ->
                new Channel.OpenedFile(
                        fill(opened.path()),
                        new SecretReference(fill(opened.identity().value())));
        };
    }

    private List<String> fill(List<String> texts) {
        return texts.stream().map(this::fill).toList();
    }

    private SortedMap<String, String> fill(Map<String, String> texts) {
        SortedMap<String, String> filled = new TreeMap<>();
        texts.forEach((name, value) -> filled.put(name, fill(value)));
        return filled;
    }

    private SortedMap<String, SecretReference> fillReferences(Map<String, SecretReference> references) {
        SortedMap<String, SecretReference> filled = new TreeMap<>();
        references.forEach((name, reference) -> filled.put(name, new SecretReference(fill(reference.value()))));
        return filled;
    }
}
