package dev.windlass.runbooks.recovery;

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
    private static final String COUNT_ROWS = """
            SELECT format('SELECT %L AS "table", count(*) AS rows FROM ONLY %s', oid::regclass, oid::regclass)
            FROM pg_class
            WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
            ORDER BY oid::regclass::text
            \\gexec
            """;

    private final RecoveryPlaces places;
    private final Manifest manifest;
    private final PlanOfRecoverVps automatic;

    private PlanByHand(RecoveryPlaces places, Manifest manifest) {
        this.places = places;
        this.manifest = manifest;
        this.automatic = new PlanOfRecoverVps(places, manifest);
    }

    public static RecoverVpsPlan of(Manifest manifest) {
        return new RecoverVpsPlan(
                new PlanByHand(RecoveryPlaces.standard(), manifest).plan(),
                manifest,
                WhatIsLeft.of(manifest, "{" + ADDRESS + "}", Optional.empty()),
                Optional.empty(),
                List.of());
    }

    /** Of the set that stands on the page. */
    public static RecoverVpsPlan example() {
        return of(VpsPageSample.manifest());
    }

    /** With the places where a person puts the credential. */
    public static HandPlan written(RecoverVpsPlan plan) {
        return new HandPlan(
                plan.plan(), RecoveryFiles.DIRECTORY + "/credential", RecoveryFiles.IDENTITY, RecoveryFiles.AUTHORITY);
    }

    private Plan plan() {
        List<Step> steps = new ArrayList<>();
        automatic.onTheMachine().forEach(step -> steps.addAll(byHand(step)));
        steps.add(end());
        SortedMap<String, String> resolved = new TreeMap<>(automatic.resolved());
        resolved.remove(PlanOfRecoverVps.WHEN_IT_FAILS);
        return Plan.of(RUNBOOK, Sorted.of(), resolved, slots(), steps);
    }

    private List<Step> byHand(Step step) {
        Step named = withCounts(step).fill(Slots.of("token", "by-hand"));
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
                "Install what fetches the set and opens it",
                new PackageEffects(places).tools(List.of("awscli", "age", "zstd")));
    }

    private Step newer() {
        return Step.of(
                StepId.of("newer"),
                "See which sets there are; a manifest.json with a proof.json beside it is a proven set, and"
                        + " manifest.json of another one makes this plan for that one",
                List.of(list("sets/")));
    }

    private Step claim() {
        String text =
                "{\"format\":\"%s\",\"number\":\"{%s}\",\"run\":\"by-hand\",\"person\":\"{%s}\",\"reason\":\"{%s}\",\"target\":\"{%s}\",\"at\":\"{%s}\"}\n"
                        .formatted(Claim.FORMAT, PlanOfRecoverVps.NUMBER, PERSON, REASON, ADDRESS, NOW);
        return Step.of(
                        StepId.of("claim"),
                        "Write into the bucket who recovers, so that no launcher begins meanwhile",
                        List.of(
                                list(PlanOfRecoverVps.CLAIMS),
                                VpsCommands.write(MINE, text),
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
        ServerEffects server =
                new ServerEffects(places, PlanOfRecoverVps.major(manifest).orElseThrow());
        List<Effect> effects = step.effects().stream()
                .map(effect -> effect instanceof Sql ? server.ask(COUNT_ROWS) : effect)
                .toList();
        return new Step(step.id(), step.title(), effects, step.precondition(), List.of(), step.slots());
    }

    private Step end() {
        return Step.of(
                        StepId.of("end"),
                        "Say that the recovery is over, and remove the secrets",
                        List.of(put(PlanOfRecoverVps.OVER), VpsCommands.remove(RecoveryFiles.DIRECTORY)))
                .withSlots(PlanOfRecoverVps.NUMBER);
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
            words.put("{" + ServerEffects.DATABASE + "}", "what pg_restore --list calls dbname");
        }
        return words;
    }
}
