package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.backup.ProofSteps;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.stagingsync.StagingSyncPlan;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a sync does. */
public final class PlanOfStagingSync {
    /** What plans call a session in the copy. */
    public static final String COPY = "copy";

    /** The slot for the name of the throw-away cluster. */
    public static final String SCRATCH = "scratch";

    /** Where the definitions lie while the copy is made; removed with it. */
    public static final List<String> SECTIONS = List.of("pre-data", "post-data");

    private final Operations operations;
    private final Database source;
    private final Database target;
    private final StagingSync sync;

    public PlanOfStagingSync(Operations operations, Database source, Database target, StagingSync sync) {
        this.operations = operations;
        this.source = source;
        this.target = target;
        this.sync = sync;
    }

    public StagingSyncPlan plan(StagingSyncRequest request, StagingSyncObservation seen) {
        StagingNames names = new StagingNames(target.database(), seen.owner());
        List<Step> steps = new ArrayList<>();
        if (seen.source() instanceof SourceOfCopy.Backup backup) {
            steps.add(backup.restore(operations, source, seen.tools()));
        }
        steps.add(copy(names, seen));
        if (!seen.rules().own().statements().isEmpty()) {
            steps.add(rewrite(seen.rules().own().statements()));
        }
        steps.add(scan(seen));
        if (seen.source() instanceof SourceOfCopy.Backup backup) {
            steps.add(backup.remove(operations, seen.tools()));
        }
        steps.add(swap(names));
        sync.redis()
                .ifPresent(redis ->
                        steps.add(RedisFlush.step(redis, operations.backup().redis())));
        smoke().ifPresent(steps::add);
        steps.add(clear(names));
        NotificationSteps.tell(StagingSyncSteps.NOTIFY, operations.notifications(), "Tell the team")
                .ifPresent(steps::add);
        return new StagingSyncPlan(
                Plan.of("staging-sync", request.asked(), resolved(seen, names), Sorted.of(), steps),
                source.name(),
                target.name(),
                seen.owner(),
                seen.classification(),
                seen.environment(),
                seen.policy(),
                seen.requester(),
                seen.source() instanceof SourceOfCopy.Backup backup ? Optional.of(backup.set()) : Optional.empty());
    }

    private Step copy(StagingNames names, StagingSyncObservation seen) {
        List<Effect> effects = new ArrayList<>();
        boolean isOfBackup = seen.source() instanceof SourceOfCopy.Backup;
        effects.add(reads(
                seen,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE <every table> IN ACCESS SHARE MODE;"
                        + " SELECT pg_export_snapshot()"));
        SECTIONS.forEach(section -> effects.add(dump(seen, section)));
        effects.addAll(List.of(names.create(), names.close(), names.letOwnerCreate()));
        effects.add(new Sql(
                Access.CHANGES, COPY, "<the definitions of pre-data, without servers, mappings, publications>"));
        effects.add(reads(
                seen,
                "SET TRANSACTION SNAPSHOT '<the one above>'; COPY (SELECT <every column as its mask says> FROM <each"
                        + " table> WHERE <its rows>) TO STDOUT"));
        effects.add(new Sql(Access.CHANGES, COPY, "TRUNCATE <each table>; COPY <it> FROM STDIN (FREEZE)"));
        effects.add(new Sql(
                Access.CHANGES,
                COPY,
                "<values of sequences>; <the definitions of post-data, keys and indexes by several sessions at once>;"
                        + " REFRESH MATERIALIZED VIEW <each>; ANALYZE <each table and materialized view>"));
        return Step.of(
                        StagingSyncSteps.COPY,
                        "Copy " + source.name() + " masked into a database of our own beside " + target.name()
                                + ", and look at every row on its way",
                        effects)
                .withPrecondition("the classification fits the schema, column by column; nobody has changed it since")
                .withUndo(List.of(names.drop()))
                .withSlots(isOfBackup ? new String[] {"token", "options", SCRATCH} : new String[] {"token", "options"});
    }

    /** In one transaction. */
    private static Step rewrite(List<String> statements) {
        return Step.of(
                        StagingSyncSteps.REWRITE,
                        "Give the copy what is staging's own, by after_sql of the classification",
                        statements.stream()
                                .<Effect>map(statement -> new Sql(Access.CHANGES, COPY, statement))
                                .toList())
                .withPrecondition("the copy is the one that was made");
    }

    private Step scan(StagingSyncObservation seen) {
        return Step.of(
                StagingSyncSteps.SCAN,
                "Read the whole copy once more, for anything that no mask has made, and search it for originals",
                List.of(
                        new Sql(Access.READS, COPY, "COPY <each table and materialized view> TO STDOUT"),
                        new Sql(
                                Access.READS,
                                COPY,
                                "SELECT <rows in groups that are too small> FROM <each table with quasi_identifiers>"),
                        reads(
                                seen,
                                "SELECT <hashes of some values, by a key of this step> FROM <each masked column of text>"),
                        new Sql(
                                Access.READS,
                                COPY,
                                "SELECT <how many of these hashes are there> FROM <the same column>")));
    }

    private Step swap(StagingNames names) {
        return Step.of(
                        StagingSyncSteps.SWAP,
                        "End the sessions of " + target.name() + " and let the copy take its name; what it was is kept",
                        List.of(names.closeLive(), names.endSessions(), names.swap()))
                .withPrecondition("the copy is the one that was made and scanned")
                .withUndo(undoOfSwap(names))
                .withSlots("token");
    }

    /** The first opens staging again when the names have not changed; the others are for when they have. */
    private List<Effect> undoOfSwap(StagingNames names) {
        List<Effect> undo = new ArrayList<>(
                List.of(names.openLive(), names.closeLive(), names.endSessionsAgain(), names.swapBack()));
        sync.redis()
                .ifPresent(redis -> undo.addAll(
                        RedisFlush.commands(redis, operations.backup().redis())));
        return undo;
    }

    /** What the team has said of the target, and of the app: all of it looks only. */
    private Optional<Step> smoke() {
        List<Effect> effects = new ArrayList<>();
        target.smoke()
                .forEach(
                        query -> effects.add(new Sql(Access.READS, target.name().value(), query.sql())));
        sync.app().ifPresent(app -> effects.addAll(HealthCalls.at(app.address(), app.health())));
        return effects.isEmpty()
                ? Optional.empty()
                : Optional.of(Step.of(
                                StagingSyncSteps.SMOKE,
                                "Look whether " + target.name()
                                        + " works; if not, the names are changed back and the copy is dropped",
                                effects)
                        .withPrecondition("what staging was is still kept"));
    }

    private Step clear(StagingNames names) {
        return Step.of(
                        StagingSyncSteps.CLEAR,
                        "Drop what earlier runs have replaced more than "
                                + sync.keepOld().toHours() + " h ago",
                        List.of(names.old(), names.dropOld()))
                .fill(Slots.of("hours", String.valueOf(sync.keepOld().toHours())))
                .withSlots("old-staging");
    }

    private Sql reads(StagingSyncObservation seen, String statement) {
        return new Sql(
                Access.READS,
                switch (seen.source()) {
                    case SourceOfCopy.Production production -> source.name().value();
                    case SourceOfCopy.Backup backup -> ProofSteps.SCRATCH;
                },
                statement);
    }

    /** What is read: a throw-away cluster has no name before its step begins. */
    private Database readFrom(StagingSyncObservation seen) {
        return switch (seen.source()) {
            case SourceOfCopy.Production production -> source;
            case SourceOfCopy.Backup backup -> SourceOfCopy.scratch(operations, source, "{" + SCRATCH + "}");
        };
    }

    /** Definitions alone: comments, rights and owners are production's, and a password can stand in a user mapping. */
    private Command dump(StagingSyncObservation seen, String section) {
        Database from = readFrom(seen);
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        from.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
        return new Command(
                Access.CHANGES,
                new HostName("local"),
                List.of(
                        seen.tools() + "/pg_dump",
                        "--section=" + section,
                        "--no-owner",
                        "--no-privileges",
                        "--no-comments",
                        "--no-publications",
                        "--no-subscriptions",
                        "--no-security-labels",
                        "--no-tablespaces",
                        "--exclude-schema=" + MaskedViews.SCHEMA,
                        "--lock-wait-timeout=60s",
                        "--no-password",
                        "--dbname=" + BackupCommands.connection(from, from.database())),
                Sorted.of("PGAPPNAME", "{token}"),
                secrets,
                new Channel.None(),
                new Channel.PlainFile(definitions("{token}", section)));
    }

    /** @param token the slot, or its value */
    public String definitions(String token, String section) {
        return operations.state() + "/staging-sync/" + token + "." + section + ".sql";
    }

    private String smokeWords() {
        List<String> words = new ArrayList<>();
        if (!target.smoke().isEmpty()) {
            words.add(Quantities.plural(target.smoke().size(), "statement") + " of " + target.name());
        }
        sync.app().ifPresent(app -> words.add(app.address() + app.health().path()));
        return words.isEmpty()
                ? "nobody looks whether staging works: neither smoke of " + target.name() + " nor staging_sync.app"
                : String.join(", ", words) + "; when it fails, staging is put back";
    }

    private SortedMap<String, String> resolved(StagingSyncObservation seen, StagingNames names) {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("classification", sync.classification() + ", " + seen.classification());
        words.put("schema", seen.tables() + " tables, " + seen.schema());
        RuleCounts rules = new RuleCounts(seen.rules());
        words.put("columns", rules.masked() + " masked, " + rules.kept() + " kept with a reason");
        words.putAll(rules.words());
        words.put("key", "32 random bytes of this run, in the worker's memory alone; gone with it");
        words.put(
                "target", target.name() + " at " + target.host() + ":" + target.port() + ", owned by " + seen.owner());
        words.put("kept", names.replaced());
        words.put(
                "source",
                switch (seen.source()) {
                    case SourceOfCopy.Production production ->
                        "production, for " + production.why() + "; " + SourceOfCopy.words(sync.limits());
                    case SourceOfCopy.Backup backup ->
                        backup.set().copied().words()
                                + ", restored here; production is only looked at while this is planned";
                });
        words.put("smoke", smokeWords());
        words.put(
                "redis",
                sync.redis()
                        .map(redis -> redis.words() + " is emptied"
                                + (operations.backup().redis().isEmpty()
                                        ? "; backup.redis names no server, so nobody looks whether it is production's"
                                        : ""))
                        .orElse("none named in staging_sync: what staging caches stays as it is"));
        words.put("the copy is", "pseudonymised: direct identifiers are removed. It is not anonymous");
        words.put(
                "rows are read",
                sync.reader()
                        .map(reader -> "as " + reader.user() + ", which reads the masked views and nothing else")
                        .orElseGet(() -> "as " + readFrom(seen).user() + ", by statements that mask"));
        words.put("approval", seen.policy().map(ApprovalPolicy::words).orElse("none asked for"));
        return words;
    }
}
