package dev.windlass.testbed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Command line of a double: {@code --name value}, each name may be given more than once. */
public record Options(Map<String, List<String>> values) {
    public Options {
        values = Map.copyOf(values);
    }

    /** Refuses names that are not in {@code known} and names without a value. */
    public static Options parse(List<String> arguments, Set<String> known) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || !known.contains(name.substring(2))) {
                throw new IllegalArgumentException("unknown option " + name + ", known are "
                        + known.stream().sorted().map(k -> "--" + k).toList());
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("option " + name + " needs a value");
            }
            values.computeIfAbsent(name.substring(2), k -> new ArrayList<>()).add(arguments.get(i + 1));
        }
        return new Options(values);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public Optional<String> one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw new IllegalArgumentException("option --" + name + " given " + given.size() + " times");
        }
        return given.stream().findFirst();
    }

    public Optional<Path> path(String name) {
        return one(name).map(Path::of);
    }

    public Path required(String name) {
        return path(name).orElseThrow(() -> new IllegalArgumentException("option --" + name + " is required"));
    }

    /** A TCP port; 0, the default, means any free one. */
    public int port(String name) {
        return number(name, 0);
    }

    public int number(String name, int otherwise) {
        try {
            return one(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option --" + name + " is not a number: " + all(name), e);
        }
    }
}
