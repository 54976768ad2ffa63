package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Counts what happened, outside the product: files, processes, sessions, messages. */
final class Witness {
    private static final Duration TIDY = Duration.ofSeconds(15);
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

    /** S3Proxy writes a file under such a name first: killed meanwhile, it leaves what no client of it can see. */
    private static final Pattern UNSEEN = Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A copy of the audit log: first entry, last entry, hash of the last. The worker makes one each minute. */
    private static final Pattern AUDIT_COPY = Pattern.compile("audit/\\d{12}-\\d{12}-[0-9a-f]{64}\\.jsonl");

    /** A piece of a run's log: its first and last byte, and when it was sent. As often. */
    private static final Pattern LOG_COPY =
            Pattern.compile("logs/[A-Za-z0-9_.-]+/\\d{12}-\\d{12}-\\d{8}T\\d{6}Z\\.log\\.zst\\.age");

    private final Rig rig;

    Witness(Rig rig) {
        this.rig = rig;
    }

    /** All files of both stores with their hashes. */
    record Memory(SortedMap<String, String> local, SortedMap<String, String> remote) {
        Set<String> sets() {
            Set<String> sets = new HashSet<>();
            local.keySet().forEach(file -> sets.add(file.split("/", 2)[0]));
            remote.keySet().forEach(file -> sets.add(file.split("/", 2)[0]));
            return sets;
        }
    }

    Memory remember() throws IOException {
        return new Memory(
                Trees.hashes(rig.localSets()), Trees.hashes(rig.bucket().resolve("sets")));
    }

    /** @return the set that the run made */
    String seesOneNewProvenSet(Memory before) throws IOException {
        Memory now = remember();
        seesEarlierSetsUntouched(before, now);
        Set<String> made = new HashSet<>(now.sets());
        made.removeAll(before.sets());
        assertThat(made).as("new sets").hasSize(1);
        String set = made.iterator().next();
        seesWholeSet(rig.localSets().resolve(set));
        seesWholeSet(rig.bucket().resolve("sets").resolve(set));
        seesNoHalfUpload();
        return set;
    }

    /** Nothing new that could be taken for a backup, and what was there is as it was. */
    void seesNoNewSet(Memory before) throws IOException {
        Memory now = remember();
        seesEarlierSetsUntouched(before, now);
        Set<String> made = new HashSet<>(now.sets());
        made.removeAll(before.sets());
        assertThat(made).as("new sets").isEmpty();
        seesNoHalfUpload();
    }

    private static void seesEarlierSetsUntouched(Memory before, Memory now) {
        assertThat(now.local()).as("earlier local sets").containsAllEntriesOf(before.local());
        assertThat(now.remote()).as("earlier remote sets").containsAllEntriesOf(before.remote());
    }

    /** Manifest, a proof that says PROVEN, and exactly the objects that the manifest names. */
    private static void seesWholeSet(Path folder) throws IOException {
        String manifest = Files.readString(folder.resolve("manifest.json"));
        assertThat(Files.readString(folder.resolve("proof.json"))).contains("\"verdict\":\"PROVEN\"");
        List<String> named = KEY.matcher(manifest)
                .results()
                .map(found -> String.valueOf(Path.of(found.group(1)).getFileName()))
                .toList();
        // Dump, facts and roles; the uploads and their inventory; ops.yml with the audit log, and theirs.
        assertThat(named).hasSize(7);
        Set<String> expected = new HashSet<>(named);
        expected.addAll(List.of("manifest.json", "proof.json"));
        assertThat(visible(folder)).as("files of " + folder).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** S3Proxy keeps parts of unfinished uploads below names of its own, apart from the keys. */
    private void seesNoHalfUpload() throws IOException {
        assertThat(visible(rig.bucket()))
                .as("objects of the bucket")
                .allMatch(file -> file.startsWith("sets/")
                        || AUDIT_COPY.matcher(file).matches()
                        || LOG_COPY.matcher(file).matches());
    }

    private static List<String> visible(Path folder) throws IOException {
        return Trees.files(folder).stream()
                .filter(file -> !UNSEEN.matcher(file).matches())
                .toList();
    }

    /** No process, server, session or scratch directory of the run is left. */
    void seesNothingLeftOf(String workflowId) throws IOException {
        Eventually.holds(
                TIDY,
                "no process of " + workflowId + " is left",
                () -> Processes.ofRun(workflowId).isEmpty());
        assertThat(Processes.within(rig.scratch()))
                .as("servers of scratch clusters")
                .isEmpty();
        assertThat(Trees.entries(rig.scratch())).as("scratch directory").isEmpty();
        Eventually.holds(TIDY, "PostgreSQL has no session of ours", () -> rig.postgres.windlassSessions() == 0);
    }

    /** @return the messages that speak of a run */
    List<String> messagesOf(String runId) {
        return rig.slack
                .get("/messages")
                .lines()
                .filter(line -> line.contains(runId))
                .toList();
    }

    /** Housekeeping of the test, so that hashing does not grow from case to case. */
    void keepOnly(String set) throws IOException {
        for (Path sets : List.of(rig.localSets(), rig.bucket().resolve("sets"))) {
            for (String each : Trees.entries(sets)) {
                if (!each.equals(set)) {
                    Trees.delete(sets.resolve(each));
                }
            }
        }
    }
}
