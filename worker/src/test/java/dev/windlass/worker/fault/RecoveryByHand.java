package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.Programs;
import dev.windlass.worker.testing.ServerMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A person with a printed plan, a credential and a root shell on a bare machine: reads, fills in, types one command after the other. */
final class RecoveryByHand {
    private static final String FIRST = "Set first";
    private static final String LAST = "What is left to you";
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'(END_*)'");
    private static final Pattern REMARK = Pattern.compile("  (Must hold before|Fill in): .*");

    private final ServerMachine machine;
    private final Map<String, String> known = new TreeMap<>();
    private final StringBuilder seen = new StringBuilder();
    private String preparation = "";
    private int typed;

    RecoveryByHand(ServerMachine machine) {
        this.machine = machine;
        known.put("person", "ana");
        known.put("reason", "the disk is gone");
        known.put("address", machine.address());
    }

    /** Where there is no network at all. */
    static String plan(Path manifest, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "unshare",
                "--net",
                Built.at("bin/windlass").toString(),
                "plan",
                "recover",
                "vps",
                "--manifest",
                manifest.toString()));
        words.addAll(List.of(more));
        return Programs.run(words.toArray(String[]::new));
    }

    /** @return how many commands that were */
    int follow(String plan) throws IOException {
        for (String step : plan.substring(plan.indexOf("== " + FIRST)).split("(?m)^== ")) {
            List<String> lines = step.lines().toList();
            if (step.startsWith(FIRST)) {
                preparation = String.join("\n", lines.subList(1, lines.size())) + "\n";
            } else if (!step.isBlank() && !step.startsWith(LAST)) {
                for (String command : commands(lines.subList(1, lines.size()))) {
                    type(command);
                }
            }
        }
        return typed;
    }

    private void type(String command) throws IOException {
        String filled = SLOT.matcher(command).replaceAll(slot -> Matcher.quoteReplacement(value(slot.group(1))));
        if (filled.contains("/pg_isready")) {
            Eventually.holds(
                    Duration.ofSeconds(120),
                    "it accepts connections",
                    () -> machine.succeeds("bash", "-ec", preparation + filled));
        }
        seen.append(machine.exec("bash", "-ec", preparation + filled)).append('\n');
        typed++;
    }

    /** With what belongs to them: the lines after a backslash, a here-document. */
    private static List<String> commands(List<String> lines) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        String end = "";
        for (String line : lines) {
            if (end.isEmpty() && (line.isBlank() || REMARK.matcher(line).matches())) {
                continue;
            }
            command.append(line).append('\n');
            Matcher document = HERE_DOCUMENT.matcher(line);
            if (end.isEmpty() && document.find()) {
                end = document.group(1);
            } else if (end.isEmpty() ? !line.endsWith("\\") : line.equals(end)) {
                commands.add(command.toString());
                command.setLength(0);
                end = "";
            }
        }
        return commands;
    }

    private String value(String slot) {
        return known.computeIfAbsent(slot, this::look);
    }

    /** As the plan says where it is found. */
    private String look(String slot) {
        return switch (slot) {
            case "number" ->
                "%06d"
                        .formatted(found("recovery/claims/(\\d{6})\\.json", Integer::valueOf)
                                        .mapToInt(Integer::intValue)
                                        .max()
                                        .orElse(0)
                                + 1);
            case "now" -> exec("date", "--utc", "+%FT%TZ").strip();
            case "superuser" ->
                found("\"superuser\":\"([^\"]*)\"", Function.identity())
                        .findFirst()
                        .orElseThrow();
            case "database" ->
                found("dbname: (\\S+)", Function.identity()).findFirst().orElseThrow();
            case "backup" ->
                found("\"label\":\"([^\"]+)\"", Function.identity())
                        .reduce((earlier, later) -> later)
                        .orElseThrow();
            case "guard" -> "";
            case "prepared" ->
                found("max_prepared_xacts setting: +(\\d+)", Function.identity())
                        .findFirst()
                        .orElseThrow();
            case "owners" ->
                Stream.concat(lines("owner", "passwd", "u"), lines("group", "group", "g"))
                        .collect(Collectors.joining("\n"));
            case "locales" ->
                found("\"(?:collate|ctype)\":\"([^\"]*)\"", Function.identity())
                        .filter(locale -> !locale.equals("C") && !locale.equals("C.UTF-8"))
                        .distinct()
                        .map(locale -> exec("grep", "-m1", "-i", "^" + locale, "/usr/share/i18n/SUPPORTED")
                                .strip())
                        .collect(Collectors.joining("\n"));
            default -> throw new AssertionError("the plan does not say what {" + slot + "} is");
        };
    }

    private Stream<String> lines(String field, String base, String kind) {
        return found("\"" + field + "\":\"([^\"]*)\"", Function.identity())
                .distinct()
                .filter(name -> !knows(base, name))
                .map(name -> kind + " " + name + " -");
    }

    private boolean knows(String base, String name) {
        try {
            return machine.succeeds("getent", base, name);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private <T> Stream<T> found(String pattern, Function<String, T> made) {
        return Pattern.compile(pattern)
                .matcher(seen)
                .results()
                .map((MatchResult result) -> made.apply(result.group(1)))
                .toList()
                .stream();
    }

    private String exec(String... words) {
        try {
            return machine.exec(words);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
