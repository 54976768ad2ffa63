package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.page.HandPlan;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.LostApp;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recovery of a machine as a person does it on that machine, without Windlass: what the run does there, with what the
 * launcher does from outside put into words of a shell.
 */
public final class PlanByHand {
    /** Where the lost machine had its sets, and the new one gets them. */
    public static final String BACKUPS = RecoveryPlaces.BACKUPS;

    public static final String RUNBOOK = "recover-vps-by-hand";

    /** Slots of the claim, beside its number. */
    private static final String PERSON = "person";

    private static final String REASON = "reason";
    private static final String ADDRESS = "address";
    private static final String NOW = "now";

    private static final String MINE = RecoveryFiles.DIRECTORY + "/claim.json";
    private static final String SUMS = RecoveryFiles.DIRECTORY + "/sums";

    /** How many rows each table has, for the eye; the run compares hashes as well. */
    static final String COUNT_ROWS = """
            SELECT format('SELECT %L AS "table", count(*) AS rows FROM ONLY %s', oid::regclass, oid::regclass)
            FROM pg_class
            WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
            ORDER BY oid::regclass::text
            \\gexec
            """;

    private final RecoveryPlaces places;
    private final Manifest manifest;
    private final Optional<ClusterByHand> cluster;
    private final PlanOfRecoverVps automatic;

    private PlanByHand(RecoveryPlaces places, Manifest manifest, Optional<ClusterByHand> cluster, AppsOfSet apps) {
        this.places = places;
        this.manifest = manifest;
        this.cluster = cluster;
        this.automatic = new PlanOfRecoverVps(places, manifest, cluster.map(ClusterByHand::lost), apps);
    }

    /**
     * @param operations the lost machine's, which says how its cluster was protected; else its databases come from the set
     * @param served which release of each app served there, where it is known; the others are left to the person
     */
    public static RecoverVpsPlan of(Manifest manifest, Optional<Operations> operations, List<LostApp> served) {
        return planned(
                manifest,
                operations.flatMap(known -> ClusterByHand.of(known, manifest)),
                operations.map(known -> AppsOfSet.of(known, manifest, served)).orElseGet(AppsOfSet::none));
    }

    private static RecoverVpsPlan planned(Manifest manifest, Optional<ClusterByHand> cluster, AppsOfSet apps) {
        Optional<LostCluster> lost = cluster.map(ClusterByHand::lost);
        PlanByHand byHand = new PlanByHand(RecoveryPlaces.standard(), manifest, cluster, apps);
        return new RecoverVpsPlan(
                byHand.plan(),
                manifest,
                WhatIsLeft.of(manifest, "{" + ADDRESS + "}", lost),
                lost,
                apps.notes(),
                byHand.automatic.served());
    }

    /** Of the set that stands on the page. */
    public static RecoverVpsPlan example() {
        return planned(VpsPageSample.manifest(), Optional.empty(), VpsPageSample.apps());
    }

    /** What takes the place of server, roles and database where pgBackRest protected that set's cluster. */
    static HandPlan exampleOfACluster() {
        ClusterByHand cluster = new ClusterByHand(VpsPageSample.lost(), VpsPageSample.bucket());
        Plan whole = planned(VpsPageSample.manifest(), Optional.of(cluster), AppsOfSet.none())
                .plan();
        return written(Plan.of(
                RUNBOOK,
                Sorted.of(),
                Sorted.of(),
                Sorted.of(),
                VpsPageSample.stepsOfTheCluster().stream().map(whole::step).toList()));
    }

    /** With the places where a person puts the credential. */
    public static HandPlan written(RecoverVpsPlan plan) {
        return written(plan.plan());
    }

    private static HandPlan written(Plan plan) {
        return new HandPlan(
                plan,
                new HandPlan.Files(
                        RecoveryFiles.DIRECTORY + "/credential",
                        RecoveryFiles.AUTHORITY,
                        RecoveryFiles.IDENTITY,
                        RecoveryFiles.ACCESS_KEY,
                        RecoveryFiles.SECRET_KEY));
    }

    private Plan plan() {
        List<Step> steps = new ArrayList<>();
        automatic.onTheMachine(() -> cluster.orElseThrow().bucket()).forEach(step -> steps.addAll(byHand(step)));
        steps.add(end());
        SortedMap<String, String> resolved = new TreeMap<>(automatic.resolved());
        resolved.remove(PlanOfRecoverVps.WHEN_IT_FAILS);
        resolved.put(
                PlanOfRecoverVps.DATABASES_FROM,
                cluster.map(known -> "cluster " + known.lost().name() + " by pgBackRest, stanza "
                                + known.lost().stanza() + ", up to the last WAL in the bucket")
                        .orElse("the set; where pgBackRest protected their cluster the bucket has newer ones: --config"
                                + " with the lost machine's ops.yml plans for that"));
        return Plan.of(RUNBOOK, Sorted.of(), resolved, slots(), steps);
    }

    private List<Step> byHand(Step step) {
        Step typed = cluster.map(known -> known.waiting(step, server())).orElseGet(() -> withCounts(step));
        Step named = typed.fill(Slots.of("token", "by-hand"));
        if (step.id().equals(RecoverVpsSteps.LOOK)) {
            return List.of(named, tools(), newer(), claim());
        }
        if (step.id().equals(RecoverVpsSteps.FETCH)) {
            return List.of(withFolder(named), compared(), facts());
        }
        return List.of(named);
    }

    private Step tools() {
        return Step.of(
                StepId.of("tools"),
                "Install what fetches the set and opens it; where apt has no awscli: snap install aws-cli --classic",
                new PackageEffects(places).tools(List.of(List.of("age", "zstd"), List.of("awscli"))));
    }

    private Step newer() {
        return Step.of(
                StepId.of("newer"),
                "See which sets there are, and whether pgBackRest protected a cluster; a manifest.json with a proof.json"
                        + " beside it is a proven set, and manifest.json of another one makes this plan for that one",
                List.of(list("sets/"), list("pgbackrest/backup/")));
    }

    private Step claim() {
        return Step.of(
                        StepId.of("claim"),
                        "Write into the bucket who recovers, so that no launcher begins meanwhile",
                        List.of(
                                list(PlanOfRecoverVps.CLAIMS),
                                VpsCommands.write(MINE, claimed(Optional.empty())),
                                put(PlanOfRecoverVps.CLAIM)))
                .withPrecondition("the claim with the highest number has an .over.json, or there is none")
                .withSlots(PlanOfRecoverVps.NUMBER, PERSON, REASON, ADDRESS, NOW);
    }

    private Step withFolder(Step fetch) {
        List<Effect> effects =
                new ArrayList<>(List.of(VpsCommands.makeDirectory(places.backups() + "/sets/" + manifest.set())));
        effects.addAll(fetch.effects());
        return Step.of(fetch.id(), "Fetch set " + manifest.set() + " whole", effects);
    }

    private Step compared() {
        StringBuilder sums = new StringBuilder();
        for (Artefact artefact : manifest.artefacts()) {
            sums.append(artefact.sha256())
                    .append("  ")
                    .append(places.backups())
                    .append('/')
                    .append(artefact.key())
                    .append('\n');
        }
        return Step.of(
                StepId.of("compare"),
                "Compare each file with what was sent; take another set when one differs",
                List.of(VpsCommands.write(SUMS, sums.toString()), VpsCommands.reads("sha256sum", "--check", SUMS)));
    }

    /** Where a person finds what stands in braces afterwards. */
    private Step facts() {
        List<Effect> effects = new ArrayList<>();
        manifest.databases()
                .forEach(database ->
                        effects.add(shown(Artefact.Kind.FACTS, database.database(), "superuser|collate|ctype")));
        manifest.archives()
                .forEach(archive -> effects.add(shown(Artefact.Kind.INVENTORY, archive.archive(), "owner|group")));
        return Step.of(StepId.of("facts"), "Read what stands in braces from here on", effects);
    }

    /** Each value once, from one line or from a million. */
    private Effect shown(Artefact.Kind kind, Object subject, String fields) {
        String program =
                "{while (match($0, /\"(%s)\":\"[^\"]*\"/)) {w = substr($0, RSTART, RLENGTH); if (!s[w]++) print w; $0 = substr($0, RSTART + RLENGTH)}}"
                        .formatted(fields);
        return VpsCommands.readsFrom(
                new Channel.OpenedFile(
                        places.backups() + "/"
                                + manifest.artefact(kind, subject).key(),
                        places.identity()),
                "awk",
                program);
    }

    /** Instead of the statement that a run makes for each table. */
    private Step withCounts(Step step) {
        if (step.statements().isEmpty()) {
            return step;
        }
        List<Effect> effects = step.effects().stream()
                .map(effect ->
                        effect instanceof Sql ? server().ask("{" + ServerEffects.DATABASE + "}", COUNT_ROWS) : effect)
                .toList();
        return new Step(step.id(), step.title(), effects, step.precondition(), List.of(), step.slots());
    }

    private ServerEffects server() {
        return new ServerEffects(places, PlanOfRecoverVps.major(manifest).orElseThrow());
    }

    private Step end() {
        return Step.of(
                        StepId.of("end"),
                        "Say that the recovery is over, and remove the secrets",
                        List.of(
                                VpsCommands.write(MINE, claimed(Optional.of(Claim.Ending.RECOVERED))),
                                put(PlanOfRecoverVps.OVER),
                                VpsCommands.remove(RecoveryFiles.DIRECTORY, RecoveryFiles.REPOSITORY)))
                .withSlots(PlanOfRecoverVps.NUMBER, PERSON, REASON, ADDRESS, NOW);
    }

    private static String claimed(Optional<Claim.Ending> ending) {
        return "{\"format\":\"%s\",\"number\":\"{%s}\",\"run\":\"by-hand\",\"person\":\"{%s}\",\"reason\":\"{%s}\",\"target\":\"{%s}\",\"at\":\"{%s}\"%s}\n"
                .formatted(
                        Claim.FORMAT,
                        PlanOfRecoverVps.NUMBER,
                        PERSON,
                        REASON,
                        ADDRESS,
                        NOW,
                        ending.map(how -> ",\"ending\":\"" + how + "\"").orElse(""));
    }

    private static ObjectCall list(String prefix) {
        return new ObjectCall(
                Access.READS, Verb.LIST, RecoveryOperations.BUCKET, prefix, Condition.NONE, Optional.empty());
    }

    /** Without a condition: the awscli of Debian 12 knows none. */
    private static ObjectCall put(String key) {
        return new ObjectCall(
                Access.CHANGES, Verb.PUT, RecoveryOperations.BUCKET, key, Condition.NONE, Optional.of(MINE));
    }

    private SortedMap<String, String> slots() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put(
                "{" + PlanOfRecoverVps.NUMBER + "}",
                "six digits, one more than the highest claim: 000001 is the first");
        words.put("{" + PERSON + "}", "who you are");
        words.put("{" + REASON + "}", "why the machine is recovered, without \"");
        words.put("{" + ADDRESS + "}", "of this machine");
        words.put("{" + NOW + "}", "what date --utc +%FT%TZ prints");
        if (!manifest.archives().isEmpty()) {
            words.put(
                    "{" + PlacingEffects.OWNERS + "}",
                    "a line \"u NAME -\" for each owner of facts that id does not know, \"g NAME -\" for a group; or nothing");
        }
        if (!manifest.databases().isEmpty()) {
            words.put("{" + ServerEffects.SUPERUSER + "}", "superuser of facts, mostly postgres");
            words.put(
                    "{" + ServerEffects.LOCALES + "}",
                    "lines of /usr/share/i18n/SUPPORTED for collate and ctype of facts; nothing for C and C.UTF-8");
            if (cluster.isPresent()) {
                words.put("{" + ReplayEffects.BACKUP + "}", "the last label that pgbackrest info shows");
                words.put("{" + ReplayEffects.PREPARED + "}", "max_prepared_xacts of pg_controldata");
                words.put(
                        "{" + ReplayEffects.GUARD + "}",
                        "nothing; where a segment is damaged in the bucket, and so its name in the server's log: "
                                + ReplayEffects.endsBefore("SEGMENT").strip());
            } else {
                words.put("{" + ServerEffects.DATABASE + "}", "what pg_restore --list calls dbname");
            }
        }
        return words;
    }
}
