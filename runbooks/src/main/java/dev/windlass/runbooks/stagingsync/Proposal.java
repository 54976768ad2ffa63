package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.runbooks.stagingsync.ColumnRule.Standing;
import dev.windlass.runbooks.stagingsync.SchemaTable.ForeignKey;
import dev.windlass.workflows.recovery.TableReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A classification for a schema: what people have said already stays, everything else is a guess.
 *
 * @param why of each guess, by {@code schema.table.column}
 */
public record Proposal(Classification classification, Map<String, String> why) {
    private static final String ADDRESSES = "email";

    public Proposal {
        why = Map.copyOf(why);
    }

    /**
     * @param known what there is already; empty at first
     * @param samples by {@code schema.table.column}
     */
    public static Proposal of(Schema schema, Optional<Classification> known, Map<String, ColumnSample> samples) {
        Making making = new Making(schema, known);
        schema.tables().forEach(table -> making.guess(table, samples));
        making.joinAddresses();
        // A key that is referred to from a column that is referred to needs a round more.
        for (int round = 0; round < schema.tables().size() && making.joinKeys(); round++) {}
        return making.done();
    }

    public long guesses() {
        return classification.tables().values().stream()
                .flatMap(table -> table.columns().values().stream())
                .filter(column -> column.standing() == Standing.GUESS)
                .count();
    }

    private static final class Making {
        private final Schema schema;
        private final Optional<Classification> known;
        private final SortedMap<String, MaskDomain> domains = new TreeMap<>();
        private final Map<TableReference, SortedMap<String, ColumnRule>> columns = new LinkedHashMap<>();
        private final Map<String, String> why = new TreeMap<>();

        Making(Schema schema, Optional<Classification> known) {
            this.schema = schema;
            this.known = known;
            known.ifPresent(before -> domains.putAll(before.domains()));
        }

        void guess(SchemaTable table, Map<String, ColumnSample> samples) {
            SortedMap<String, ColumnRule> rules = new TreeMap<>();
            columns.put(table.table(), rules);
            for (SchemaColumn column : table.copiedColumns()) {
                String place = table.table() + "." + column.name();
                Optional<ColumnRule> before =
                        before(table).map(rule -> rule.columns().get(column.name()));
                if (before.filter(rule -> rule.type().equals(column.type())).isPresent()) {
                    rules.put(column.name(), before.get());
                } else {
                    ColumnGuess guess = ColumnGuess.of(table, column, samples.getOrDefault(place, ColumnSample.none()));
                    rules.put(
                            column.name(),
                            new ColumnRule(column.type(), guess.fate(), Standing.GUESS, OfTheTeam.MASKED));
                    why.put(place, guess.why());
                }
            }
        }

        private Optional<TableRule> before(SchemaTable table) {
            return known.map(classification -> classification.tables().get(table.table()));
        }

        /** Addresses are what rows of different tables are joined by when nothing else is. */
        void joinAddresses() {
            for (SchemaTable table : schema.tables()) {
                for (SchemaColumn column : table.copiedColumns()) {
                    ColumnRule rule = rule(table.table(), column.name());
                    boolean isCaseKept = column.is(SchemaColumn.Trait.CASE_BLIND)
                            || table.uniqueKeys().stream().noneMatch(key -> key.contains(column.name()));
                    if (rule.standing() == Standing.GUESS
                            && isCaseKept
                            && rule.fate() instanceof Fate.Masked(Mask mask)
                            && mask instanceof Mask.Email) {
                        enter(table.table(), column.name(), ADDRESSES, mask, MaskDomain.LetterCase.IGNORED);
                    }
                }
            }
        }

        /** What refers to a column gets the pseudonyms of that column. @return whether anything is another than before */
        boolean joinKeys() {
            boolean isChanged = false;
            for (SchemaTable table : schema.tables()) {
                for (ForeignKey key : table.foreignKeys()) {
                    for (int i = 0; i < key.columns().size(); i++) {
                        isChanged |= join(table, key, i);
                    }
                }
            }
            return isChanged;
        }

        private boolean join(SchemaTable table, ForeignKey key, int i) {
            String column = key.columns().get(i);
            String referenced = key.referenced().get(i);
            if (columns.get(key.table()) == null) {
                return false;
            }
            ColumnRule here = rule(table.table(), column);
            ColumnRule there = rule(key.table(), referenced);
            if (here.standing() != Standing.GUESS) {
                return false;
            }
            Fate wanted = there.fate();
            if (wanted instanceof Fate.Masked(Mask mask) && there.standing() == Standing.GUESS) {
                String domain = key.table().table() + "_" + referenced;
                MaskDomain.LetterCase letterCase = schema.table(key.table())
                        .flatMap(other -> other.column(referenced))
                        .filter(other -> other.is(SchemaColumn.Trait.CASE_BLIND))
                        .map(blind -> MaskDomain.LetterCase.IGNORED)
                        .orElse(MaskDomain.LetterCase.MATTERS);
                enter(
                        key.table(),
                        referenced,
                        domain,
                        Fitting.by(mask).isPresent() ? new Mask.Hash() : mask,
                        letterCase);
                wanted = new Fate.InDomain(domain);
            }
            if (wanted instanceof Fate.Keep) {
                wanted = new Fate.Keep("leads to " + key.table() + " alone");
            }
            if (wanted.equals(here.fate())) {
                return false;
            }
            put(table.table(), column, wanted);
            why.put(table.table() + "." + column, "refers to " + key.table());
            return true;
        }

        private void enter(
                TableReference table, String column, String domain, Mask mask, MaskDomain.LetterCase letterCase) {
            domains.putIfAbsent(domain, new MaskDomain(domain, mask, letterCase, OfTheTeam.MASKED));
            put(table, column, new Fate.InDomain(domain));
        }

        private ColumnRule rule(TableReference table, String column) {
            ColumnRule found = columns.getOrDefault(table, new TreeMap<>()).get(column);
            if (found == null) {
                throw new IllegalStateException(table + "." + column + " refers to nothing that was read");
            }
            return found;
        }

        private void put(TableReference table, String column, Fate fate) {
            ColumnRule before = rule(table, column);
            columns.getOrDefault(table, new TreeMap<>())
                    .put(column, new ColumnRule(before.type(), fate, before.standing(), before.team()));
        }

        Proposal done() {
            SortedMap<TableReference, TableRule> tables = new TreeMap<>();
            for (SchemaTable table : schema.tables()) {
                Optional<TableRule> before = before(table);
                tables.put(
                        table.table(),
                        new TableRule(
                                table.shape(),
                                before.map(TableRule::rows).orElseGet(TableRule.Rows.All::new),
                                before.flatMap(TableRule::teamColumn),
                                columns.getOrDefault(table.table(), new TreeMap<>()),
                                before.map(TableRule::quasiIdentifiers).orElseGet(List::of)));
            }
            return new Proposal(
                    new Classification(
                            known.map(Classification::team).orElseGet(List::of),
                            known.flatMap(Classification::canary),
                            domains,
                            tables,
                            known.map(Classification::smallestGroup).orElse(Classification.SMALLEST_GROUP),
                            known.map(Classification::own).orElse(StagingOwn.NOTHING),
                            known.map(Classification::smallGroups).orElse(SmallGroups.REPORTED)),
                    why);
        }
    }
}
