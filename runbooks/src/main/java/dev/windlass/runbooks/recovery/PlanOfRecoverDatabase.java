package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.backup.RestoreBeside;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.RecoverDatabasePlanOrder;
import dev.windlass.workflows.recovery.RecoveryObservation;
import dev.windlass.workflows.recovery.RecoverySteps;
import dev.windlass.workflows.recovery.TableComparison;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TwoCompared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a recovery does, from ops.yml, the request and what planning saw. Made again, with numbers, after the comparison. */
public final class PlanOfRecoverDatabase {
    /** A table's rows in the order of their keys, from both sides at once. */
    public static final String ROWS_OF_TABLES =
            "SELECT <key>, md5(<every column>) FROM <a table that differs> ORDER BY <key>";

    /** More would not be read in a message; the report has all. */
    private static final int MOST_TABLES = 30;

    private final Operations operations;
    private final Optional<String> runAs;

    /** @param runAs who runs throw-away clusters; empty when the worker is not root */
    public PlanOfRecoverDatabase(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.runAs = runAs;
    }

    /** The name of the copy while people are asked. */
    public static String nameOfCopy(Database database, CopySource source) {
        return new DatabaseNames(database.database()).recovered(mark(source));
    }

    /** The name of the one that was live, after a swap. */
    public static String nameOfKept(Database database, CopySource source) {
        return new DatabaseNames(database.database()).broken(mark(source));
    }

    private static String mark(CopySource source) {
        return switch (source) {
            case CopySource.BackupSet set -> DatabaseNames.mark(set.manifest().set());
            case CopySource.PointInTime moment -> DatabaseNames.mark(moment.at());
        };
    }

    public Plan plan(RecoverDatabasePlanOrder order) {
        Database database = operations.database(order.request().database());
        RecoveryObservation seen = order.observation();
        List<Step> steps = new ArrayList<>(List.of(copy(database, seen), compare(database)));
        if (order.request().isOfTheWhole()) {
            steps.add(swap(database, seen));
            steps.add(verify(database));
        } else {
            steps.add(bringBack(database, order));
            steps.add(verify(database));
            steps.add(drop(database, seen));
        }
        NotificationSteps.tell(RecoverySteps.NOTIFY, operations.notifications(), "Tell the team")
                .ifPresent(steps::add);
        return Plan.of("recover-database", order.request().asked(), resolved(database, order), seen.shown(), steps);
    }

    private Step copy(Database database, RecoveryObservation seen) {
        String name = nameOfCopy(database, seen.source());
        CopyEffects effects = CopyEffects.of(operations, database, seen.source(), seen.tools(), runAs, name);
        return Step.of(
                        RecoverySteps.COPY,
                        "Make a copy of " + database.name() + " from "
                                + seen.source().words() + " beside the live database, " + name,
                        effects.inOrder())
                .withPrecondition("the server has no database " + name)
                .withUndo(effects.undo())
                .withSlots(slots(seen.source()));
    }

    private static String[] slots(CopySource source) {
        List<String> slots = switch (source) {
            case CopySource.BackupSet set -> RestoreBeside.SLOTS;
            case CopySource.PointInTime moment -> List.of(RewindEffects.SEGMENT, PlanSlots.TOKEN, PlanSlots.OPTIONS);
        };
        return slots.toArray(String[]::new);
    }

    private static Step compare(Database database) {
        List<Effect> effects = new ArrayList<>();
        for (String connection : List.of(database.name().value(), BringBackCommands.COPY)) {
            effects.add(new Sql(Access.READS, connection, BackupCommands.FACTS_OF_TABLES));
            effects.add(new Sql(Access.READS, connection, ROWS_OF_TABLES));
        }
        return Step.of(
                RecoverySteps.COMPARE,
                "Compare the two table by table, and write the key of every row that differs into a file of this host",
                effects);
    }

    private static Step bringBack(Database database, RecoverDatabasePlanOrder order) {
        List<TableShape> tables = order.observation().tables();
        Step step = Step.of(
                        RecoverySteps.BRING_BACK,
                        "Bring the missing rows of "
                                + tables.stream()
                                        .map(TableShape::table)
                                        .map(TableReference::value)
                                        .collect(Collectors.joining(", "))
                                + " back in one transaction, and change none that is there",
                        new BringBackCommands(database.name().value(), tables).inOrder())
                .withPrecondition("people have agreed to the numbers of the comparison, where ops.yml asks for it")
                .withSlots(slots(tables.size()));
        return order.compared()
                .map(compared -> step.fill(columns(tables, compared)))
                .orElse(step);
    }

    private static String[] slots(int tables) {
        String[] slots = new String[tables];
        for (int at = 0; at < tables; at++) {
            slots[at] = BringBackCommands.columns(at);
        }
        return slots;
    }

    private static Slots columns(List<TableShape> tables, TwoCompared compared) {
        Slots slots = Slots.none();
        for (int at = 0; at < tables.size(); at++) {
            List<String> columns =
                    compared.columns().getOrDefault(tables.get(at).table().value(), List.of());
            slots = slots.with(
                    BringBackCommands.columns(at),
                    columns.stream().map(TableReference::quoted).collect(Collectors.joining(", ")));
        }
        return slots;
    }

    private static Step swap(Database database, RecoveryObservation seen) {
        String copy = nameOfCopy(database, seen.source());
        String kept = nameOfKept(database, seen.source());
        SwapEffects effects = SwapEffects.of(
                new DatabaseNames(database.database()), database.name().value(), copy, kept);
        return Step.of(
                        RecoverySteps.SWAP,
                        "Let " + copy + " take the name " + database.database() + ", and keep what is live as " + kept,
                        effects.inOrder())
                .withPrecondition("the live database, closed to everybody else, is still what was compared; the server"
                        + " has no database " + kept)
                .withUndo(List.of(effects.open()))
                .withSlots("token");
    }

    private static Step verify(Database database) {
        return Step.of(
                RecoverySteps.VERIFY,
                database.smoke().isEmpty()
                        ? "Connect to " + database.name() + "; ops.yml has no smoke queries for it"
                        : "Ask the smoke queries of " + database.name(),
                database.smoke().stream()
                        .<Effect>map(
                                query -> new Sql(Access.READS, database.name().value(), query.sql()))
                        .toList());
    }

    private static Step drop(Database database, RecoveryObservation seen) {
        String name = nameOfCopy(database, seen.source());
        return Step.of(RecoverySteps.DROP, "Drop the copy " + name, List.of(DatabaseNames.dropIfThere(name)));
    }

    private static SortedMap<String, String> resolved(Database database, RecoverDatabasePlanOrder order) {
        RecoveryObservation seen = order.observation();
        SortedMap<String, String> words = new TreeMap<>();
        words.put("copy", words(seen.source()));
        words.put("server", "PostgreSQL " + seen.serverVersion() + " at " + database.host() + ":" + database.port());
        words.put(
                "rows",
                order.request().isOfTheWhole()
                        ? "what was written after " + seen.source().at() + " is LOST to the database, and kept in "
                                + nameOfKept(database, seen.source())
                        : "those that are missing come back; none that is there is changed or removed");
        words.put("approval", seen.policy().map(ApprovalPolicy::words).orElse("none asked for"));
        order.compared().ifPresent(compared -> {
            words.put("report", compared.report() + ", sha256 " + compared.sha256());
            words.put("live database", "sha256 " + compared.live());
            words.put("large objects", compared.largeObjects());
            words.putAll(numbers(order, compared));
        });
        return words;
    }

    private static String words(CopySource source) {
        return switch (source) {
            case CopySource.BackupSet set -> set.words() + ", with the rows as of " + set.at();
            case CopySource.PointInTime moment ->
                moment.words() + ": physical backup " + moment.backup()
                        + " and WAL up to then, with all that was committed by then";
        };
    }

    /** Those of the request, or all; the rest as a number, for it is in the report that is bound as well. */
    private static SortedMap<String, String> numbers(RecoverDatabasePlanOrder order, TwoCompared compared) {
        SortedMap<String, String> words = new TreeMap<>();
        List<TableComparison> told = compared.tables().stream()
                .filter(table -> order.request().isOfTheWhole()
                        || order.request().tables().contains(table.table()))
                .toList();
        told.stream().limit(MOST_TABLES).forEach(table -> words.put("table " + table.table(), table.words()));
        int others = compared.tables().size() - Math.min(told.size(), MOST_TABLES);
        words.put("tables beside these", others + " differ, " + compared.equal() + " are equal");
        return words;
    }
}
