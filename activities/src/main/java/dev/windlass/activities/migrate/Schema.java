package dev.windlass.activities.migrate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema as pg_dump writes it, object by object: what stands before the first object, comments, blank lines and settings of
 * the restoring session say nothing of it, and the order is not compared.
 *
 * @param objects text by kind and name, as in {@code TABLE content.courses}
 */
record Schema(SortedMap<String, String> objects) {
    /** Written by pg_dump above each object; the names of the owner are not asked for. */
    private static final Pattern HEADER = Pattern.compile("-- Name: (.*); Type: (.*); Schema: (.*); Owner: ?.*");

    private static final int SHOWN = 6;
    private static final int LONGEST = 160;

    static Schema of(List<String> dump) {
        SortedMap<String, String> objects = new TreeMap<>();
        String key = "";
        List<String> lines = new ArrayList<>();
        for (String line : dump) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                enter(objects, key, lines);
                lines = new ArrayList<>();
                String schema = header.group(3).equals("-") ? "" : header.group(3) + ".";
                key = header.group(2) + " " + schema + header.group(1);
            } else if (!line.isBlank()
                    && !line.startsWith("--")
                    && !line.startsWith("\\")
                    && !line.startsWith("SET default_")) {
                lines.add(line);
            }
        }
        enter(objects, key, lines);
        return new Schema(objects);
    }

    /** Two objects of one name and kind (an overloaded function has its arguments in its name) are one text. */
    private static void enter(SortedMap<String, String> objects, String key, List<String> lines) {
        if (!key.isEmpty()) {
            objects.merge(key, String.join("\n", lines), (one, other) -> one + "\n" + other);
        }
    }

    /** {@code sha256:} and 64 hex digits. */
    String fingerprint() {
        return MigrationFiles.checksum(text().getBytes(StandardCharsets.UTF_8));
    }

    /** One that {@link #of} reads back. */
    String text() {
        StringBuilder text = new StringBuilder();
        objects.forEach((name, words) -> {
            String[] parts = name.split(" ", 2);
            text.append("-- Name: ").append(parts[1]).append("; Type: ").append(parts[0]);
            text.append("; Schema: -; Owner: -\n").append(words).append("\n");
        });
        return text.toString();
    }

    /** What a person needs to see of it, a few lines at most; empty when there is no difference. */
    String differenceFrom(Schema expected) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(objects.keySet());
        names.addAll(expected.objects.keySet());
        for (String name : names) {
            String here = objects.get(name);
            String there = expected.objects.get(name);
            if (here == null) {
                lines.add(name + " is missing");
            } else if (there == null) {
                lines.add(name + " is one too many");
            } else if (!here.equals(there)) {
                lines.addAll(changed(name, there, here));
            }
        }
        String more = lines.size() > SHOWN ? "; and " + (lines.size() - SHOWN) + " more" : "";
        return String.join("; ", lines.subList(0, Math.min(SHOWN, lines.size()))) + more;
    }

    private static List<String> changed(String name, String expected, String found) {
        List<String> lines = new ArrayList<>();
        // A column that is no longer the last one of its table has a comma more.
        List<String> there = expected.lines().map(Schema::cut).toList();
        List<String> here = found.lines().map(Schema::cut).toList();
        there.stream().filter(line -> !here.contains(line)).forEach(line -> lines.add(name + " lacks: " + line));
        here.stream().filter(line -> !there.contains(line)).forEach(line -> lines.add(name + " has: " + line));
        return lines.isEmpty() ? List.of(name + " has its lines in another order") : lines;
    }

    private static String cut(String line) {
        String stripped = line.strip().replaceFirst(",$", "");
        return stripped.length() > LONGEST ? stripped.substring(0, LONGEST) + "…" : stripped;
    }

    static Schema empty() {
        return new Schema(new TreeMap<>(Map.of()));
    }
}
