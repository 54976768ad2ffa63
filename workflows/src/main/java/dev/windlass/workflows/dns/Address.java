package dev.windlass.workflows.dns;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The address of a machine. One of IPv6 is kept as RFC 5952 writes it, so that equal addresses are equal text. */
public record Address(@JsonValue String value) implements Comparable<Address> {
    private static final int GROUPS = 8;
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    @JsonCreator
    public Address {
        if (!IPV4.matcher(value).matches()) {
            value = shortest(groups(value));
        }
    }

    public AddressType type() {
        return value.contains(":") ? AddressType.AAAA : AddressType.A;
    }

    private static List<Integer> groups(String text) {
        int gap = text.indexOf("::");
        List<Integer> groups = new ArrayList<>(numbers(text, gap < 0 ? text : text.substring(0, gap)));
        if (gap >= 0) {
            List<Integer> behind = numbers(text, text.substring(gap + 2));
            int missing = GROUPS - groups.size() - behind.size();
            if (missing < 1) {
                throw refused(text);
            }
            for (int at = 0; at < missing; at++) {
                groups.add(0);
            }
            groups.addAll(behind);
        }
        if (groups.size() != GROUPS) {
            throw refused(text);
        }
        return groups;
    }

    private static List<Integer> numbers(String whole, String part) {
        if (part.isEmpty()) {
            return List.of();
        }
        List<String> words = Arrays.asList(part.split(":", -1));
        if (!words.stream().allMatch(word -> GROUP.matcher(word).matches())) {
            throw refused(whole);
        }
        return words.stream().map(word -> Integer.parseInt(word, 16)).toList();
    }

    /** The longest run of zeros is left out, the first of several, and never a single zero. */
    private static String shortest(List<Integer> groups) {
        int from = 0;
        int longest = 1;
        for (int at = 0; at < GROUPS; at++) {
            int end = at;
            while (end < GROUPS && groups.get(end) == 0) {
                end++;
            }
            if (end - at > longest) {
                from = at;
                longest = end - at;
            }
        }
        return longest == 1
                ? words(groups)
                : words(groups.subList(0, from)) + "::" + words(groups.subList(from + longest, GROUPS));
    }

    private static String words(List<Integer> groups) {
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an address, such as 198.51.100.7 or 2001:db8::7");
    }

    @Override
    public int compareTo(Address other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
