package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StoreName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads ops.yml; {@code ops.example.yml} is the manual of its keys. */
public final class OpsFile {
    private static final Form<Integer> VERSION = Forms.number(1, 1);
    private static final Form<String> TEAM = Forms.text("the name of the team", 60);
    private static final Form<String> NAMESPACE = Forms.text("a namespace of Temporal", 200);

    private OpsFile() {}

    /** Reports every problem that can be seen without leaving the file: no server and no other file is looked at. */
    public static OpsFileReading read(Path file) {
        Problems problems = new Problems(file.toString());
        return FileText.read(file, problems, "copy ops.example.yml, or name the file with --config")
                .map(text -> read(text, problems))
                .map(reading -> reading instanceof OpsFileReading.Accepted accepted
                        ? new OpsFileReading.Accepted(withOwnFiles(accepted.operations(), file))
                        : reading)
                .orElseGet(() -> new OpsFileReading.Refused(problems.found()));
    }

    /** A new machine needs what this one was told. */
    private static Operations withOwnFiles(Operations operations, Path file) {
        Path real = file.toAbsolutePath().normalize();
        try {
            real = file.toRealPath();
        } catch (IOException vanished) {
            // It was read a moment ago; whoever archives it tells that it is gone.
        }
        // These begin with the first thing that there is to tell; the others must be there.
        List<String> later = Stream.concat(Stream.of(operations.state() + "/audit.jsonl"), releaseLists(operations))
                .toList();
        // Without them no physical backup can be opened, and they are nowhere else.
        Stream<String> passphrases = operations.clusters().values().stream()
                .map(Cluster::passphraseFile)
                .distinct();
        List<String> all = Stream.of(Stream.of(real.toString()), later.stream(), passphrases)
                .flatMap(Function.identity())
                .toList();
        return operations.withArchive(new Archive(Archive.OWN, all, List.of(), later));
    }

    private static Stream<String> releaseLists(Operations operations) {
        return operations.apps().values().stream()
                .flatMap(app -> app.environments().keySet().stream()
                        .map(environment -> app.releaseList(environment, operations.state())));
    }

    static OpsFileReading read(String text, Problems problems) {
        Optional<Operations> operations = Yaml.compose(text, problems).map(root -> readRoot(root, problems));
        if (operations.isEmpty() || !problems.found().isEmpty()) {
            return new OpsFileReading.Refused(problems.found());
        }
        return new OpsFileReading.Accepted(operations.get());
    }

    private static Operations readRoot(Node document, Problems problems) {
        Section root = Section.of(problems, KeyPath.ROOT, document, document);
        root.need("version", VERSION);
        DatabaseReader.Reading read = DatabaseReader.readAll(root);
        SortedMap<DatabaseName, Database> databases = read.all();
        SortedMap<StoreName, Store> stores = StoreReader.readAll(root);
        SortedMap<PersonName, Person> people = PeopleReader.readAll(root);
        String team = root.need("team", TEAM);
        String state = root.get("state", Forms.PATH, "/var/lib/windlass");
        Section backup = root.section("backup");
        Operations operations = new Operations(
                team,
                state,
                readTemporal(root.section("temporal")),
                databases,
                stores,
                new BackupReader(backup, databases.keySet(), stores.keySet()).read(),
                NotificationsReader.read(root.section("notifications")),
                AppsReader.readAll(root, databases.keySet()),
                people,
                ApprovalsReader.readAll(root, people.keySet()),
                new ClustersReader(databases, stores).readAll(root),
                DnsReader.read(root));
        Directories.requireApart(operations, backup, root);
        read.syncs().requireApartFrom(operations.backup().redis());
        root.refuseOtherKeys();
        return operations;
    }

    private static TemporalSettings readTemporal(Section section) {
        TemporalSettings settings = new TemporalSettings(
                section.get("address", NetworkForms.HOST_AND_PORT, "127.0.0.1:7233"),
                section.get("namespace", NAMESPACE, "default"),
                section.get("clear_payloads", Forms.choice(ClearPayloads.class), ClearPayloads.REFUSED));
        section.refuseOtherKeys();
        return settings;
    }
}
