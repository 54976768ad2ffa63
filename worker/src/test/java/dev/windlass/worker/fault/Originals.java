package dev.windlass.worker.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A thousand values of people that production knows, and a search for them that the product has no part in: in bytes of any kind,
 * whatever the case of letters.
 */
final class Originals {
    static final int PEOPLE = 125;

    /** No value is shorter. */
    private static final int START = 8;

    private final Map<Long, List<byte[]>> byStart = new HashMap<>();
    private final BitSet starts = new BitSet(1 << 20);

    Originals() {
        for (String each : all()) {
            byte[] bytes = each.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            long start = 0;
            for (int i = 0; i < START; i++) {
                start = start << 8 | bytes[i];
            }
            byStart.computeIfAbsent(start, any -> new ArrayList<>()).add(bytes);
            starts.set(mark(start));
        }
    }

    static List<String> all() {
        List<String> all = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            all.addAll(List.of(
                    email(person),
                    phone(person),
                    name(person),
                    street(person),
                    iban(person),
                    about(person),
                    jsonKey(person),
                    jsonValue(person)));
        }
        return all;
    }

    static String email(int person) {
        return "quirin.ammersbach.%03d@orange.fr".formatted(person);
    }

    static String phone(int person) {
        return "+41795550%03d".formatted(person);
    }

    static String name(int person) {
        return "Theobald%03d Ammersbacher".formatted(person);
    }

    static String street(int person) {
        return "%d Kreuzkirchenweg".formatted(1000 + person);
    }

    static String iban(int person) {
        return "DE44370400440532013%03d".formatted(person);
    }

    static String about(int person) {
        return "fell off her horse near barn %03d".formatted(person);
    }

    static String jsonKey(int person) {
        return "diagnosis of patient %03d".formatted(person);
    }

    static String jsonValue(int person) {
        return "takes lithium since winter %03d".formatted(person);
    }

    /** Which of them stand in the files below a directory. What vanishes meanwhile is passed over. */
    Set<String> in(Path directory, Path... leftOut) {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(each -> Stream.of(leftOut).noneMatch(each::startsWith))
                    .filter(Files::isRegularFile)
                    .toList()) {
                try {
                    found.addAll(in(Files.readAllBytes(file)));
                } catch (NoSuchFileException gone) {
                    continue;
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Set<String> in(byte[] bytes) {
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int i = 0; i < bytes.length; i++) {
            window = window << 8 | (lower(bytes[i]) & 0xff);
            if (i >= START - 1 && starts.get(mark(window))) {
                for (byte[] each : byStart.getOrDefault(window, List.of())) {
                    if (isAt(each, bytes, i - START + 1)) {
                        found.add(new String(each, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isAt(byte[] wanted, byte[] bytes, int at) {
        if (at + wanted.length > bytes.length) {
            return false;
        }
        for (int i = START; i < wanted.length; i++) {
            if (lower(bytes[at + i]) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int mark(long start) {
        return (int) (start * 0x9E3779B97F4A7C15L >>> 44);
    }

    private static byte lower(byte at) {
        return at >= 'A' && at <= 'Z' ? (byte) (at + 32) : at;
    }
}
