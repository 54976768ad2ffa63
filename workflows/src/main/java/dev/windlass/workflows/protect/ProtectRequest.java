package dev.windlass.workflows.protect;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.ClusterName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** @param accepted what the requester accepts by name: {@link #RESTART}, {@link #ARCHIVE_COMMAND} */
public record ProtectRequest(ClusterName cluster, SortedSet<String> accepted, Requester requester) {
    /** PostgreSQL is restarted where archive_mode was off: every session ends. */
    public static final String RESTART = "restart";

    /** An archive_command of somebody else is replaced: what it served gets no more WAL. */
    public static final String ARCHIVE_COMMAND = "archive_command";

    public ProtectRequest {
        accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
    }

    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("cluster", cluster.value());
        if (!accepted.isEmpty()) {
            words.put("accepted", String.join(", ", accepted));
        }
        return words;
    }
}
