package dev.windlass.runbooks.config;

import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A single value as YAML 1.2 understands it: {@code no}, {@code on} and {@code off} are text. */
public record Scalar(String text, Kind kind) {
    public enum Kind {
        TEXT("text"),
        NUMBER("a number"),
        TRUTH("a truth value"),
        NOTHING("nothing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Scalar of(ScalarNode node) {
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return new Scalar(node.getValue(), Kind.NOTHING);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Scalar(node.getValue(), Kind.TRUTH);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return new Scalar(node.getValue(), Kind.NUMBER);
        }
        return new Scalar(node.getValue(), Kind.TEXT);
    }

    /** The value without the white space around it. */
    public String requireText() throws Misfit {
        if (kind != Kind.TEXT) {
            throw new Misfit(text + " is " + kind.words + ", but text is wanted", "put it in quotes: \"" + text + "\"");
        }
        if (text.isBlank()) {
            throw new Misfit("is empty", "write a value, or remove the key");
        }
        return text.strip();
    }
}
