package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A classification as a file, which {@link ClassificationFile} reads as the same. */
public final class ClassificationText {
    /** Words of YAML that are no text are left to the quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9_]+)*");

    private static final Pattern NO_TEXT = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final Proposal proposal;
    private final StringBuilder text = new StringBuilder();

    private ClassificationText(Proposal proposal) {
        this.proposal = proposal;
    }

    public static String of(Proposal proposal) {
        return new ClassificationText(proposal).write();
    }

    private String write() {
        Classification classification = proposal.classification();
        line("# What becomes of every column on its way to staging; its manual is classification.example.yml.");
        line("# guess: true is windlass's own: look at what the column holds, correct the line, and remove the words.");
        line("version: 1");
        items("team", classification.team());
        classification.canary().ifPresent(canary -> line("canary: " + scalar(canary)));
        if (classification.smallestGroup() != Classification.SMALLEST_GROUP) {
            line("smallest_group: " + classification.smallestGroup());
        }
        if (classification.smallGroups() != SmallGroups.REPORTED) {
            line("small_groups: refused");
        }
        items("after_sql", classification.own().statements());
        items("own_values", classification.own().values());
        if (!classification.domains().isEmpty()) {
            line("domains:");
            classification
                    .domains()
                    .values()
                    .forEach(domain ->
                            line("  " + scalar(domain.name()) + ": {" + String.join(", ", domain(domain)) + "}"));
        }
        line("tables:");
        classification.tables().forEach((table, rule) -> {
            line("  " + scalar(table.value()) + ":");
            line("    shape: \"" + rule.shape() + "\"");
            rows(rule).ifPresent(rows -> line("    rows: " + scalar(rows)));
            rule.teamColumn().ifPresent(column -> line("    team_column: " + scalar(column)));
            if (!rule.quasiIdentifiers().isEmpty()) {
                line("    quasi_identifiers: " + list(rule.quasiIdentifiers()));
            }
            line("    columns:");
            rule.columns()
                    .forEach((name, column) -> line("      " + scalar(name) + ": {"
                            + String.join(", ", column(column)) + "}"
                            + Optional.ofNullable(proposal.why().get(table + "." + name))
                                    .filter(why -> !(column.fate() instanceof Fate.Keep))
                                    .map(why -> "  # " + why)
                                    .orElse("")));
        });
        return text.toString();
    }

    private void items(String key, List<String> values) {
        if (!values.isEmpty()) {
            line(key + ":");
            values.forEach(value -> line("  - " + scalar(value)));
        }
    }

    private static String list(List<String> values) {
        return values.stream().map(ClassificationText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static Optional<String> rows(TableRule rule) {
        return switch (rule.rows()) {
            case TableRule.Rows.All() -> Optional.empty();
            case TableRule.Rows.None() -> Optional.of("none");
            case TableRule.Rows.Where(String predicate) -> Optional.of(predicate);
        };
    }

    private static List<String> domain(MaskDomain domain) {
        List<String> pairs = new ArrayList<>(mask(domain.mask()));
        if (domain.letterCase() == MaskDomain.LetterCase.IGNORED) {
            pairs.add("letter_case: ignored");
        }
        if (domain.team() == OfTheTeam.KEPT) {
            pairs.add("team: keep");
        }
        return pairs;
    }

    private static List<String> column(ColumnRule column) {
        List<String> pairs = new ArrayList<>();
        pairs.add("type: " + scalar(column.type()));
        switch (column.fate()) {
            case Fate.Keep(String reason) -> pairs.add("keep: " + scalar(reason));
            case Fate.InDomain(String domain) -> pairs.add("domain: " + scalar(domain));
            case Fate.Masked(Mask mask) -> pairs.addAll(mask(mask));
        }
        if (column.team() == OfTheTeam.KEPT) {
            pairs.add("team: keep");
        }
        if (column.standing() == ColumnRule.Standing.GUESS) {
            pairs.add("guess: true");
        }
        return pairs;
    }

    private static List<String> mask(Mask mask) {
        return switch (mask) {
            case Mask.Email() -> List.of("mask: email");
            case Mask.Phone(Optional<String> by) -> with("phone", by.map(key -> "by: " + scalar(key)));
            case Mask.Name(Mask.Name.Part part) ->
                List.of("mask: name", "part: " + part.name().toLowerCase(Locale.ROOT));
            case Mask.Address() -> List.of("mask: address");
            case Mask.Iban() -> List.of("mask: iban");
            case Mask.Card(Optional<String> by) -> with("card", by.map(key -> "by: " + scalar(key)));
            case Mask.Ip() -> List.of("mask: ip");
            case Mask.Url() -> List.of("mask: url");
            case Mask.DateTo(Mask.DateTo.Precision precision) ->
                List.of("mask: date", "to: " + precision.name().toLowerCase(Locale.ROOT));
            case Mask.DateShift(int days) -> List.of("mask: date", "shift_days: " + days);
            case Mask.Text() -> List.of("mask: text");
            case Mask.Noise(int percent) -> List.of("mask: noise", "percent: " + percent);
            case Mask.Uuid() -> List.of("mask: uuid");
            case Mask.Hash() -> List.of("mask: hash");
            case Mask.Constant(String value) -> List.of("mask: constant", "value: " + scalar(value));
            case Mask.Remove() -> List.of("mask: remove");
            case Mask.Json(List<String> allowed) -> List.of("mask: json", "allow: " + list(allowed));
        };
    }

    private static List<String> with(String mask, Optional<String> more) {
        return more.map(pair -> List.of("mask: " + mask, pair)).orElseGet(() -> List.of("mask: " + mask));
    }

    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !NO_TEXT.matcher(value).matches()) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
