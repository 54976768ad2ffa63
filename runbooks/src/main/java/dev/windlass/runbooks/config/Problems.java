package dev.windlass.runbooks.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong while reading goes on, and which keys were asked for. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final SortedSet<String> asked = new TreeSet<>();
    private final SortedSet<String> present = new TreeSet<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node at, KeyPath path, String message, String hint) {
        found.add(new Problem(file, line(at), column(at), path.shown(), message, hint));
    }

    void add(int line, int column, String message, String hint) {
        found.add(new Problem(file, line, column, "", message, hint));
    }

    void asked(KeyPath path) {
        asked.add(path.pattern());
    }

    void present(KeyPath path) {
        present.add(path.pattern());
    }

    List<Problem> found() {
        return List.copyOf(found);
    }

    /** Patterns of all keys that the reader knows, as far as the file led it there. */
    SortedSet<String> askedKeys() {
        return asked;
    }

    SortedSet<String> presentKeys() {
        return present;
    }

    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }
}
