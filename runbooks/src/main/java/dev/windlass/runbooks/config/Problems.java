package dev.windlass.runbooks.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong while reading goes on, and which keys were asked for. */
public final class Problems {
    private final String file;
    private final String example;
    private final List<Problem> found = new ArrayList<>();
    private final SortedSet<String> asked = new TreeSet<>();
    private final SortedSet<String> present = new TreeSet<>();

    Problems(String file) {
        this(file, "ops.example.yml");
    }

    /** @param example the file that shows what every key is for */
    public Problems(String file, String example) {
        this.file = file;
        this.example = example;
    }

    String example() {
        return example;
    }

    void add(Node at, KeyPath path, String message, String hint) {
        found.add(new Problem(file, line(at), column(at), path.shown(), message, hint));
    }

    public void add(int line, int column, String message, String hint) {
        found.add(new Problem(file, line, column, "", message, hint));
    }

    void asked(KeyPath path) {
        asked.add(path.pattern());
    }

    void present(KeyPath path) {
        present.add(path.pattern());
    }

    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** Patterns of all keys that the reader knows, as far as the file led it there. */
    public SortedSet<String> askedKeys() {
        return asked;
    }

    public SortedSet<String> presentKeys() {
        return present;
    }

    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }
}
