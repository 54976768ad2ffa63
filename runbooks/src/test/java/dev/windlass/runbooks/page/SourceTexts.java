package dev.windlass.runbooks.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The product's Java sources of all modules, as text: the only place where all error messages can be seen at once. */
final class SourceTexts {
    private static final Pattern MAIN = Pattern.compile("\\.\\./[a-z]+/src/main/java/.*\\.java");
    private static final Pattern ANCHOR = Pattern.compile("\"([a-z-]+\\.md#[a-z0-9-]+)\"");
    /** The last argument but one of a call that begins with the type of the failure. */
    private static final Pattern PLACE =
            Pattern.compile("FailureType\\.[A-Z_]+,[^;]*?\"([a-z]+(?:-[a-z]+)+)\",\\s*\\w+\\)");

    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern VALUE = Pattern.compile("\\{[^}]*}");

    private final String code;
    private final SortedSet<String> anchors = new TreeSet<>();

    private SourceTexts(List<String> files) {
        code = files.stream().map(SourceTexts::readable).collect(Collectors.joining("\n"));
        for (String file : files) {
            ANCHOR.matcher(file).results().map(found -> found.group(1)).forEach(anchors::add);
            if (file.contains("PostgresFailures")) {
                PLACE.matcher(file).results().map(SourceTexts::onBackupPage).forEach(anchors::add);
            }
        }
    }

    static SourceTexts ofAllModules() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            List<Path> sources = files.filter(
                            file -> MAIN.matcher(file.toString()).matches())
                    .toList();
            List<String> texts = new ArrayList<>();
            for (Path file : sources) {
                // These name places for the pages themselves.
                if (!file.getFileName().toString().endsWith("PageFailures.java")) {
                    texts.add(Files.readString(file));
                }
            }
            return new SourceTexts(texts);
        }
    }

    /** Where error messages send their reader. */
    SortedSet<String> anchors() {
        return anchors;
    }

    /** Whether every stretch of words between two values stands in a string of the code. */
    boolean say(String words) {
        return VALUE.splitAsStream(words).allMatch(code::contains);
    }

    private static String onBackupPage(MatchResult found) {
        return "backup.md#" + found.group(1);
    }

    /** A text that was broken into several literals is one text again. */
    private static String readable(String file) {
        return JOINT.matcher(file).replaceAll("").replace("\\\"", "\"");
    }
}
