package dev.windlass.workflows.dns;

import dev.windlass.workflows.approvals.Requester;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Either to a machine or back.
 *
 * @param to at most one address of each type; empty when it goes back
 * @param back the run whose records are put back as they were before it
 */
public record RecoverDnsRequest(List<Address> to, Optional<String> back, DnsPace pace, Requester requester) {
    /** It names a file. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,199}");

    public RecoverDnsRequest {
        to = List.copyOf(new TreeSet<>(to));
        if (to.isEmpty() == back.isEmpty()) {
            throw new IllegalArgumentException("either an address or a run is named, and not both");
        }
        if (to.stream().map(Address::type).distinct().count() < to.size()) {
            throw new IllegalArgumentException("a machine has one address of each type, and these are " + words(to));
        }
        back.filter(run -> !RUN.matcher(run).matches()).ifPresent(run -> {
            throw new IllegalArgumentException("\"" + run + "\" is not the id of a run");
        });
    }

    public Optional<Address> to(AddressType type) {
        return to.stream().filter(address -> address.type() == type).findFirst();
    }

    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        back.ifPresent(run -> words.put("back", run));
        if (!to.isEmpty()) {
            words.put("to", words(to));
        }
        if (pace == DnsPace.AFTER_OLD_TTL) {
            words.put("pace", "after the old TTL");
        }
        return words;
    }

    private static String words(List<Address> addresses) {
        return addresses.stream().map(Address::value).collect(Collectors.joining(", "));
    }
}
