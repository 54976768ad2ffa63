package dev.windlass.runbooks.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Text to nodes. The parser's own messages come with a piece of the file; ours do not, for a secret may stand there. */
public final class Yaml {
    private static final int LONGEST = 256 * 1024;
    private static final int MOST_ALIASES = 20;

    /** A part of what the parser says, and what we say instead. */
    private record Advice(String part, String fact, String hint) {}

    private static final List<Advice> ADVICE = List.of(
            new Advice("TAB", "is a tab", "indent with spaces: YAML allows no tabs there"),
            new Advice("cannot start any token", "is a character that cannot start a value", "put the value in quotes"),
            new Advice(
                    // An alias is named by the value itself, which may be a password that starts with *.
                    "undefined alias",
                    "refers to an anchor that does not exist",
                    "a value that starts with * must stand in quotes"),
            new Advice(
                    "unexpected character found",
                    "is not the name of an alias or an anchor",
                    "a value that starts with * or & must stand in quotes"),
            new Advice(
                    "mapping values are not allowed",
                    "is a second \":\" in one line, or a key in the wrong column",
                    "check the indentation; a value with \": \" in it must stand in quotes"),
            new Advice(
                    "could not find expected ':'",
                    "is a line without a \":\" behind its key",
                    "write each key as \"key: value\"; look at the line before as well"),
            new Advice(
                    "expected <block end>",
                    "is in a column that fits no section above",
                    "check the indentation: the keys of one section start in the same column"),
            new Advice("unexpected end of stream", "is the end, inside quotes", "close the quotes that were opened"),
            new Advice(
                    "another document", "is a second document", "remove the line with ---: one file is one document"),
            new Advice(
                    "expected ',' or",
                    "is inside a bracket that is not closed",
                    "close the bracket before this place"));

    private static final Advice NO_ADVICE =
            new Advice("", "is not YAML", "check the indentation and the quotes around this place");

    private Yaml() {}

    public static Optional<Node> compose(String text, Problems problems) {
        String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (document.length() > LONGEST) {
            problems.add(
                    1, 1, "has " + document.length() + " characters, more than " + LONGEST, "is this the right file?");
            return Optional.empty();
        }
        try {
            Optional<Node> root = new Compose(settings()).composeString(document);
            if (root.isEmpty()) {
                problems.add(1, 1, "is empty", "start from " + problems.example());
            }
            return root;
        } catch (MarkedYamlEngineException broken) {
            report(broken, problems);
        } catch (ReaderException broken) {
            report(broken, document, problems);
        } catch (YamlEngineException broken) {
            problems.add(1, 1, "has more than " + MOST_ALIASES + " aliases", "write the values out");
        } catch (StackOverflowError tooDeep) {
            problems.add(1, 1, "is nested too deeply", "look for a line with many brackets");
        }
        return Optional.empty();
    }

    private static LoadSettings settings() {
        return LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .setCodePointLimit(LONGEST)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
    }

    private static void report(MarkedYamlEngineException broken, Problems problems) {
        Optional<Mark> mark = broken.getProblemMark().or(broken::getContextMark);
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        String said = String.valueOf(broken.getProblem());
        Advice advice = ADVICE.stream()
                .filter(candidate -> said.contains(candidate.part()))
                .findFirst()
                .orElse(NO_ADVICE);
        problems.add(line, column, advice.fact(), advice.hint());
    }

    private static void report(ReaderException broken, String document, Problems problems) {
        int offset = document.offsetByCodePoints(
                0, Math.min(broken.getPosition(), document.codePointCount(0, document.length())));
        String before = document.substring(0, offset);
        int line = (int) before.lines().count() + (before.isEmpty() || before.endsWith("\n") ? 1 : 0);
        problems.add(
                line,
                offset - (before.lastIndexOf('\n') + 1) + 1,
                String.format(
                        Locale.ROOT, "has the character U+%04X, which YAML does not allow", broken.getCodePoint()),
                "remove it; it is likely invisible in an editor");
    }
}
