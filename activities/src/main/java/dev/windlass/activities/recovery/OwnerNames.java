package dev.windlass.activities.recovery;

import dev.windlass.activities.files.FileFacts;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Owners of archived files that this machine does not know. They are made before anything is unpacked, or the files would
 * get numbers that belong to somebody else here.
 */
record OwnerNames(SortedSet<String> users, SortedSet<String> groups) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,30}");

    /** @param inventory is closed */
    static OwnerNames in(BufferedReader inventory) throws IOException {
        SortedSet<String> users = new TreeSet<>();
        SortedSet<String> groups = new TreeSet<>();
        try (inventory) {
            for (String line = inventory.readLine(); line != null; line = inventory.readLine()) {
                FileFacts facts = PayloadJson.read(line, FileFacts.class);
                users.add(facts.owner());
                groups.add(facts.group());
            }
        }
        UserPrincipalLookupService known = FileSystems.getDefault().getUserPrincipalLookupService();
        users.removeIf(name -> isKnown(name, known::lookupPrincipalByName));
        groups.removeIf(name -> users.contains(name) || isKnown(name, known::lookupPrincipalByGroupName));
        return new OwnerNames(users, groups);
    }

    @FunctionalInterface
    private interface Lookup {
        Object find(String name) throws IOException;
    }

    /** A number that had no name is kept as it is. */
    private static boolean isKnown(String name, Lookup lookup) {
        if (!NAME.matcher(name).matches()) {
            return true;
        }
        try {
            lookup.find(name);
            return true;
        } catch (UserPrincipalNotFoundException unknown) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** For systemd-sysusers. */
    String lines() {
        return Stream.concat(
                        users.stream().map(name -> "u " + name + " - \"recovered\" /nonexistent /usr/sbin/nologin\n"),
                        groups.stream().map(name -> "g " + name + " -\n"))
                .collect(Collectors.joining());
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!users.isEmpty()) {
            notes.add("made as owners of files, without a login: " + String.join(", ", users));
        }
        return notes;
    }
}
