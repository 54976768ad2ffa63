package dev.windlass.runbooks.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of ops.yml or of a file that is read like it, asked key by key. Every answer is usable: what is missing or wrong is reported, and a stand-in
 * is returned.
 */
public final class Section {
    private final Problems problems;
    private final KeyPath path;
    private final Node at;
    private final SequencedMap<String, NodeTuple> entries = new LinkedHashMap<>();
    private final SequencedSet<String> known = new LinkedHashSet<>();

    /** Not a mapping at all: that is reported, and its keys are not missed one by one. */
    private boolean isMisshapen;

    private Section(Problems problems, KeyPath path, Node at) {
        this.problems = problems;
        this.path = path;
        this.at = at;
    }

    /** @param at where a missing key is reported: the key that opens the section */
    public static Section of(Problems problems, KeyPath path, Node at, Node content) {
        Section section = new Section(problems, path, at);
        if (content instanceof MappingNode mapping) {
            mapping.getValue().forEach(section::enter);
        } else if (!isNothing(content)) {
            section.isMisshapen = true;
            problems.add(
                    content,
                    path,
                    "is " + kindOf(content) + ", but keys with values are wanted",
                    "write each key on a line of its own, indented below this one, as in " + problems.example());
        }
        return section;
    }

    private void enter(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.add(entry.getKeyNode(), path, "a key is " + kindOf(entry.getKeyNode()), "a key is a single word");
            return;
        }
        NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
        if (first != null) {
            problems.add(
                    key,
                    path.key(key.getValue()),
                    "stands twice, first in line " + Problems.line(first.getKeyNode()),
                    "keep one of the two");
        }
    }

    public <T> T need(String key, Form<T> form) {
        return find(key, form).orElseGet(() -> {
            if (!entries.containsKey(key) && !isMisshapen) {
                problems.add(at, path.key(key), "is missing", "write " + form.wanted());
            }
            return form.standIn();
        });
    }

    /** Like {@link #need}, for a key that decides how the others are read. */
    public <T> Optional<T> findNeeded(String key, Form<T> form) {
        int before = problems.found().size();
        T value = need(key, form);
        return problems.found().size() == before ? Optional.of(value) : Optional.empty();
    }

    public <T> T get(String key, Form<T> form, T ifAbsent) {
        return find(key, form).orElse(ifAbsent);
    }

    public <T> Optional<T> find(String key, Form<T> form) {
        Node value = ask(key);
        return value == null ? Optional.empty() : read(path.key(key), value, form);
    }

    /** Each value once; absent is empty. */
    public <T> List<T> list(String key, Form<T> form) {
        Map<T, Node> values = new LinkedHashMap<>();
        items(key, form.wanted())
                .forEach((itemPath, node) -> read(itemPath, node, form).ifPresent(value -> {
                    Node first = values.putIfAbsent(value, node);
                    if (first != null) {
                        problems.add(
                                node,
                                itemPath,
                                "stands twice, first in line " + Problems.line(first),
                                "keep one of the two");
                    }
                }));
        return List.copyOf(values.keySet());
    }

    /** In their order, each as often as it stands there. */
    public <T> List<T> words(String key, Form<T> form) {
        List<T> words = new ArrayList<>();
        items(key, form.wanted())
                .forEach((itemPath, node) -> read(itemPath, node, form).ifPresent(words::add));
        return List.copyOf(words);
    }

    /** Tells a reader whether something was reported meanwhile. */
    public int problemCount() {
        return problems.found().size();
    }

    /** A section below this one; absent is a section without keys. */
    public Section section(String key) {
        Node value = ask(key);
        return value == null
                ? new Section(problems, path.key(key), at)
                : of(problems, path.key(key), keyNode(key), value);
    }

    /** A section that may be left out, also by leaving only its first line. */
    public Optional<Section> findSection(String key) {
        Node value = ask(key);
        return value == null || isNothing(value)
                ? Optional.empty()
                : Optional.of(of(problems, path.key(key), keyNode(key), value));
    }

    /** Sections in a list. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        items(key, "a list of entries").forEach((itemPath, node) -> sections.add(of(problems, itemPath, node, node)));
        return sections;
    }

    /** Sections under names that the team chose. */
    public Map<String, Section> named(String key) {
        Section names = section(key);
        Map<String, Section> sections = new LinkedHashMap<>();
        names.entries.forEach((name, entry) ->
                sections.put(name, of(problems, names.path.named(name), entry.getKeyNode(), entry.getValueNode())));
        return sections;
    }

    /** Values under names that the team chose; a name that cannot be is left out. */
    <T> Map<String, T> values(String key, Form<String> name, Form<T> form) {
        Section names = section(key);
        Map<String, T> values = new LinkedHashMap<>();
        names.entries.forEach((written, entry) -> {
            KeyPath where = names.path.named(written);
            problems.asked(where);
            problems.present(where);
            try {
                String good = name.read(new Scalar(written, Scalar.Kind.TEXT));
                read(where, entry.getValueNode(), form).ifPresent(value -> values.put(good, value));
            } catch (Misfit misfit) {
                problems.add(entry.getKeyNode(), where, misfit.fact(), misfit.hint());
            }
        });
        return values;
    }

    /** Last call of every reader: whatever was not asked for is not known. */
    public void refuseOtherKeys() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.getKeyNode(),
                        path.key(key),
                        "is not a key that is known here",
                        Suggestion.among(key, known, "key"));
            }
        });
    }

    /** Reports what only the reader of the whole section can see. */
    public void report(String key, String message, String hint) {
        NodeTuple entry = entries.get(key);
        problems.add(entry == null ? at : entry.getValueNode(), path.key(key), message, hint);
    }

    public void reportItself(String message, String hint) {
        problems.add(at, path, message, hint);
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Whether something stands there, right or wrong. */
    public boolean hasItems(String key) {
        NodeTuple entry = entries.get(key);
        return entry != null
                && !isNothing(entry.getValueNode())
                && !(entry.getValueNode() instanceof CollectionNode<?> several
                        && several.getValue().isEmpty());
    }

    /** The name under which this section stands; empty when it cannot be one. */
    public <N> Optional<N> itsName(String name, Form<N> form) {
        try {
            return Optional.of(form.read(new Scalar(name, Scalar.Kind.TEXT)));
        } catch (Misfit misfit) {
            reportItself(misfit.fact(), misfit.hint());
            return Optional.empty();
        }
    }

    private @Nullable Node ask(String key) {
        known.add(key);
        problems.asked(path.key(key));
        NodeTuple entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        problems.present(path.key(key));
        return entry.getValueNode();
    }

    private Node keyNode(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null ? at : entry.getKeyNode();
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String kindOf(Node node) {
        return switch (node.getNodeType()) {
            case SCALAR -> "a single value";
            case SEQUENCE -> "a list";
            case MAPPING -> "a group of keys";
            case ANCHOR -> "an alias";
        };
    }

    private <T> Optional<T> read(KeyPath where, Node value, Form<T> form) {
        if (isNothing(value)) {
            problems.add(value, where, "has no value", "write " + form.wanted() + ", or remove it");
        } else if (value instanceof ScalarNode scalar) {
            try {
                return Optional.of(form.read(Scalar.of(scalar)));
            } catch (Misfit misfit) {
                problems.add(value, where, misfit.fact(), misfit.hint());
            }
        } else {
            problems.add(
                    value, where, "is " + kindOf(value) + ", but a single value is wanted", "write " + form.wanted());
        }
        return Optional.empty();
    }

    private Map<KeyPath, Node> items(String key, String wanted) {
        Node value = ask(key);
        Map<KeyPath, Node> items = new LinkedHashMap<>();
        if (value instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                items.put(path.key(key).item(i), list.getValue().get(i));
            }
        } else if (value != null && !isNothing(value)) {
            problems.add(
                    value,
                    path.key(key),
                    "is " + kindOf(value) + ", but a list is wanted",
                    "write [ … ], or one line with \"- \" for each: " + wanted);
        }
        return items;
    }
}
