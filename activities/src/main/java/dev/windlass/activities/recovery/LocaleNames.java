package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What databases sort by, as lines of /etc/locale.gen: a fresh machine has C.UTF-8 and often nothing else. */
record LocaleNames(Path supported) {
    private static final Set<String> ALWAYS_THERE = Set.of("c", "posix", "c.utf8", "");

    static LocaleNames ofThisMachine() {
        return new LocaleNames(Path.of("/usr/share/i18n/SUPPORTED"));
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: one that this machine cannot make */
    String lines(List<DatabaseFacts> databases) {
        SortedSet<String> wanted = databases.stream()
                .flatMap(facts -> Stream.of("collate", "ctype")
                        .map(property -> facts.properties().getOrDefault(property, "C")))
                .filter(name -> !ALWAYS_THERE.contains(plain(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (wanted.isEmpty()) {
            return "";
        }
        List<String> known = read();
        List<String> unknown = new ArrayList<>();
        SortedSet<String> lines = new TreeSet<>();
        for (String name : wanted) {
            Optional<String> line = known.stream()
                    .filter(each -> plain(each.split(" ")[0]).equals(plain(name)))
                    .findFirst();
            line.ifPresentOrElse(lines::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            throw VpsFailures.unknownLocale(unknown);
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The same locale is called en_US.UTF-8 and en_US.utf8. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    private List<String> read() {
        try {
            return Files.readAllLines(supported).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
