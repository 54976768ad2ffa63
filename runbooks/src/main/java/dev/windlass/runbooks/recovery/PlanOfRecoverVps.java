package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.RedisSummary;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostApp;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the recovery of a machine does, from a set and a bare machine. */
public final class PlanOfRecoverVps {
    public static final String NUMBER = RecoverVpsSteps.NUMBER;

    public static final String CLAIMS = "recovery/claims/";
    public static final String CLAIM = CLAIMS + "{" + NUMBER + "}.json";
    public static final String OVER = CLAIMS + "{" + NUMBER + "}.over.json";

    static final String WHEN_IT_FAILS = "when it fails";
    static final String DATABASES_FROM = "databases from";

    /** Of pg_restore: a machine of two processors gains by it as well, since each waits for the disk now and then. */
    static final int JOBS = 4;

    private static final Pattern MAJOR = Pattern.compile("(\\d+).*");

    private final RecoveryPlaces places;
    private final Manifest manifest;
    private final Optional<LostCluster> lost;
    private final AppsOfSet apps;
    private final Optional<WindlassOfSet> windlass;
    private final PackageEffects packages;
    private final PlacingEffects placing;

    /** Databases come from the dumps of the set. */
    public PlanOfRecoverVps(RecoveryPlaces places, Manifest manifest) {
        this(places, manifest, Optional.empty());
    }

    /** @param lost empty where databases come from the dumps of the set */
    public PlanOfRecoverVps(RecoveryPlaces places, Manifest manifest, Optional<LostCluster> lost) {
        this(places, manifest, lost, AppsOfSet.none());
    }

    public PlanOfRecoverVps(RecoveryPlaces places, Manifest manifest, Optional<LostCluster> lost, AppsOfSet apps) {
        this(places, manifest, lost, apps, Optional.empty());
    }

    /**
     * @param apps that are brought to serve
     * @param windlass where it is installed as well
     */
    public PlanOfRecoverVps(
            RecoveryPlaces places,
            Manifest manifest,
            Optional<LostCluster> lost,
            AppsOfSet apps,
            Optional<WindlassOfSet> windlass) {
        this.windlass = windlass;
        this.apps = apps;
        this.lost = lost;
        this.places = places;
        this.manifest = manifest;
        this.packages = new PackageEffects(places);
        this.placing = new PlacingEffects(places);
    }

    /** Of PostgreSQL, the highest of the set; empty where it holds no database. */
    public static Optional<Integer> major(Manifest manifest) {
        return manifest.databases().stream()
                .map(DatabaseSummary::serverVersion)
                .map(MAJOR::matcher)
                .filter(Matcher::matches)
                .map(version -> Integer.parseInt(version.group(1)))
                .max(Comparator.naturalOrder());
    }

    /**
     * Bytes that the machine must have free: the set, what is in it as it was, the largest dump opened, and the programs.
     */
    public static long needed(Manifest manifest) {
        long stored = manifest.artefacts().stream().mapToLong(Artefact::bytes).sum();
        long files =
                manifest.archives().stream().mapToLong(ArchiveSummary::bytes).sum();
        long databases =
                manifest.databases().stream().mapToLong(DatabaseSummary::bytes).sum();
        long opened = manifest.artefacts().stream()
                .filter(artefact -> artefact.kind() != Artefact.Kind.FILES)
                .mapToLong(Artefact::plainBytes)
                .max()
                .orElse(0);
        return stored + files + databases + databases / 4 + opened + (1L << 30);
    }

    public RecoverVpsPlan plan(RecoverVpsRequest request) {
        return plan(request, List.of());
    }

    /** @param notes why databases come from where they do; a line each */
    public RecoverVpsPlan plan(RecoverVpsRequest request, List<String> notes) {
        Plan plan = Plan.of("recover-vps", request.asked(), resolved(), shown(), steps(request));
        List<String> all = Stream.concat(notes.stream(), apps.notes().stream()).toList();
        return new RecoverVpsPlan(
                plan, manifest, WhatIsLeft.of(manifest, request.target().host(), lost), lost, all, served());
    }

    List<LostApp> served() {
        return apps.apps().stream().map(AppOfSet::app).toList();
    }

    private List<Step> steps(RecoverVpsRequest request) {
        LaunchSteps launch = new LaunchSteps(request);
        List<Step> steps = new ArrayList<>(launch.untilThereIsAWorker());
        steps.addAll(onTheMachine(request::bucket));
        // A second worker would make backups of its own into the same bucket.
        windlass.filter(known -> !request.isRehearsal())
                .ifPresent(known -> steps.addAll(launch.windlass(new WindlassEffects(known))));
        steps.add(launch.close());
        return steps;
    }

    /** What is done there, whoever does it. @param bucket where a lost cluster is, if one is known */
    List<Step> onTheMachine(Supplier<RecoveryBucket> bucket) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(
                        RecoverVpsSteps.LOOK,
                        "Look whether the new machine is bare and has room for " + Quantities.bytes(needed(manifest)),
                        packages.look())
                .withPrecondition("no server of a database runs there, and no data of one lies there"));
        steps.add(fetch());
        steps.add(install());
        manifest.archives().forEach(archive -> steps.add(files(archive)));
        major(manifest)
                .map(major -> new ServerSteps(places, manifest, new ServerEffects(places, major)))
                .map(server -> databases(server, bucket))
                .ifPresent(steps::addAll);
        manifest.redis().forEach(redis -> steps.add(redis(redis)));
        steps.add(open());
        if (AppsOfSet.hasNginx(manifest)) {
            steps.add(Step.of(
                    RecoverVpsSteps.NGINX,
                    "Start nginx with the configuration that came back",
                    NginxEffects.start(apps.apps())));
        }
        apps.apps().forEach(app -> steps.addAll(app.steps()));
        return steps;
    }

    private Step fetch() {
        List<Effect> gets = Stream.concat(
                        manifest.artefacts().stream().map(Artefact::key),
                        Stream.of("sets/" + manifest.set() + "/manifest.json"))
                .<Effect>map(this::get)
                .toList();
        long bytes = manifest.artefacts().stream().mapToLong(Artefact::bytes).sum();
        return Step.of(
                RecoverVpsSteps.FETCH,
                "Fetch set " + manifest.set() + " whole, " + Quantities.bytes(bytes)
                        + ", and compare each file with its SHA-256",
                gets);
    }

    private ObjectCall get(String key) {
        return new ObjectCall(
                Access.READS,
                Verb.GET,
                RecoveryOperations.BUCKET,
                key,
                Condition.NONE,
                Optional.of(places.backups() + "/" + key));
    }

    private Step install() {
        List<String> servers = new ArrayList<>();
        major(manifest).ifPresent(major -> servers.add("postgresql-" + major));
        if (!manifest.redis().isEmpty()) {
            servers.add("redis-server");
        }
        if (lost.isPresent()) {
            servers.add("pgbackrest");
        }
        if (AppsOfSet.hasNginx(manifest)) {
            servers.add("nginx");
        }
        return Step.of(
                RecoverVpsSteps.PACKAGES,
                servers.isEmpty() ? "Mark the machine as unfinished" : "Install " + String.join(", ", servers),
                packages.install(servers, !manifest.databases().isEmpty()));
    }

    private Step files(ArchiveSummary archive) {
        return Step.of(
                        RecoverVpsSteps.files(archive.archive()),
                        "Put the files of " + archive.archive() + " where they were: "
                                + String.join(", ", archive.paths()),
                        placing.files(manifest, archive))
                .withSlots(PlacingEffects.OWNERS);
    }

    private List<Step> databases(ServerSteps steps, Supplier<RecoveryBucket> bucket) {
        return lost.map(cluster -> steps.ofCluster(new ReplayEffects(steps.server(), cluster, bucket.get())))
                .orElseGet(steps::ofDumps);
    }

    private Step redis(RedisSummary redis) {
        return Step.of(
                RecoverVpsSteps.redis(redis.redis()),
                "Make the snapshot of " + redis.redis() + " the data of the machine's Redis",
                placing.redis(manifest, redis.redis()));
    }

    /** The mark goes first: from then on what is there is alive, and no other recovery touches it. */
    private Step open() {
        List<Effect> effects = new ArrayList<>(List.of(
                VpsCommands.changes("mkdir", "-p", "--", RecoveredBy.state(manifest)),
                VpsCommands.write(RecoveredBy.file(RecoveredBy.state(manifest)), "{" + NUMBER + "}\n"),
                VpsCommands.remove(places.mark())));
        major(manifest).ifPresent(major -> effects.addAll(new ServerEffects(places, major).open()));
        // Attempts that broke off have left clear text there.
        effects.add(VpsCommands.remove(places.work(), places.repository()));
        return Step.of(
                        RecoverVpsSteps.OPEN,
                        major(manifest).isEmpty()
                                ? "Take the mark of the recovery away"
                                : "Give PostgreSQL the authentication of its distribution, and let it listen",
                        effects)
                .withSlots(NUMBER);
    }

    SortedMap<String, String> resolved() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("set", manifest.set().value());
        words.put("set made by", "run " + manifest.run());
        major(manifest).ifPresent(major -> words.put("PostgreSQL", String.valueOf(major)));
        lost.ifPresent(cluster -> words.put(
                DATABASES_FROM,
                "cluster " + cluster.name() + " by pgBackRest, stanza " + cluster.stanza() + "; WAL until "
                        + cluster.archived()));
        manifest.databases()
                .forEach(database -> words.put(
                        "database " + database.database(),
                        (lost.isPresent() ? "newer than the set, which is " : "") + "as of " + database.snapshotAt()
                                + ", " + Quantities.plural(database.rows(), "row")));
        words.put(
                "files",
                manifest.archives().isEmpty()
                        ? "none"
                        : manifest.archives().stream()
                                .map(archive -> archive.archive().value())
                                .collect(Collectors.joining(", ")));
        words.put(
                "apps",
                apps.apps().isEmpty()
                        ? "none"
                        : apps.apps().stream()
                                .map(AppOfSet::app)
                                .map(app -> app.app() + " of " + app.environment() + " "
                                        + app.release().version())
                                .collect(Collectors.joining(", ")));
        words.put(WHEN_IT_FAILS, "the same words again go on; what an attempt has left on the machine is made anew");
        return words;
    }

    private SortedMap<String, String> shown() {
        return Sorted.of("room needed", Quantities.bytes(needed(manifest)));
    }
}
