package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.config.FileText;
import dev.windlass.runbooks.config.Form;
import dev.windlass.runbooks.config.Forms;
import dev.windlass.runbooks.config.KeyPath;
import dev.windlass.runbooks.config.Misfit;
import dev.windlass.runbooks.config.Problems;
import dev.windlass.runbooks.config.Section;
import dev.windlass.runbooks.config.Yaml;
import dev.windlass.workflows.recovery.TableReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a classification; {@code classification.example.yml} is the manual of its keys. */
public final class ClassificationFile {
    private static final String EXAMPLE = "classification.example.yml";
    private static final Form<Integer> VERSION = Forms.number(1, 1);
    private static final Form<String> SHAPE = Forms.text("the table's shape, as windlass classify does", 16)
            .and(shape -> {
                if (!shape.matches("[0-9a-f]{16}")) {
                    throw new Misfit("\"" + shape + "\" is not a shape", "write 16 hexadecimal digits in quotes");
                }
            });
    private static final Form<String> PREDICATE = Forms.text("none, or a condition of SQL", 2000)
            .and(condition -> {
                if (condition.contains(";") || condition.contains("--") || condition.contains("/*")) {
                    throw new Misfit("is more than a condition", "write it without ;, -- and /*");
                }
            });
    private static final Form<String> STATEMENT = Forms.text("one statement of SQL", 4000)
            .and(statement -> {
                if (!statement.matches("(?is)(update|insert|delete)\\s.*")) {
                    throw new Misfit(
                            "does not begin with UPDATE, INSERT or DELETE",
                            "write one of them: the copy has the tables of production, and other rows");
                }
                if (statement.contains(";") || statement.contains("--") || statement.contains("/*")) {
                    throw new Misfit("is more than a statement", "write it without ;, -- and /*, one for each item");
                }
            });
    private static final Form<String> OWN_VALUE = Forms.text("an address or a number of staging's own", 254)
            .and(value -> {
                if (value.strip().length() < 7) {
                    throw new Misfit(
                            "\"" + value + "\" could stand there by chance", "write the whole address or number");
                }
            });
    private static final Form<Integer> SMALLEST_GROUP = Forms.number(2, 1000);
    private static final Form<SmallGroups> SMALL_GROUPS = Forms.choice(SmallGroups.class);
    private static final Form<String> QUASI_IDENTIFIER = Forms.text("a column of the table", 63);
    private static final Form<String> COLUMN = Forms.text("the column with the team's e-mail addresses", 63);
    private static final Form<String> ADDRESS = Forms.text("an e-mail address of the team", 254)
            .and(address -> {
                if (!address.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
                    throw new Misfit("\"" + address + "\" is not an e-mail address", "write it as ana@example.com");
                }
            });
    private static final Form<String> CANARY = Forms.text("a word that stands nowhere by chance", 60)
            .and(canary -> {
                if (!canary.matches("[A-Za-z0-9_-]{12,}")) {
                    throw new Misfit(
                            "\"" + canary + "\" could stand there by chance",
                            "write at least 12 letters and digits, with - and _");
                }
            });
    private static final Form<MaskDomain.LetterCase> LETTER_CASE = Forms.choice(MaskDomain.LetterCase.class);
    static final Form<String> DOMAIN = Forms.text("the name of a domain", 63);

    private ClassificationFile() {}

    public static ClassificationReading read(Path file) {
        Problems problems = new Problems(file.toString(), EXAMPLE);
        return FileText.read(
                        file, problems, "let windlass classify propose one, or correct staging_sync.classification")
                .map(text -> read(text, problems))
                .orElseGet(() -> new ClassificationReading.Refused(problems.found()));
    }

    static ClassificationReading read(String text, Problems problems) {
        Optional<Classification> classification =
                Yaml.compose(text, problems).map(node -> readRoot(Section.of(problems, KeyPath.ROOT, node, node)));
        if (classification.isEmpty() || !problems.found().isEmpty()) {
            return new ClassificationReading.Refused(problems.found());
        }
        return new ClassificationReading.Accepted(classification.get());
    }

    private static Classification readRoot(Section root) {
        root.need("version", VERSION);
        List<String> team = root.list("team", ADDRESS);
        Optional<String> canary = root.find("canary", CANARY);
        SortedMap<String, MaskDomain> domains = new TreeMap<>();
        root.named("domains").forEach((name, section) -> domains.put(name, domain(name, section)));
        SortedMap<TableReference, TableRule> tables = new TreeMap<>();
        root.named("tables").forEach((name, section) -> {
            TableRule rule = table(section, domains);
            reference(name, section).ifPresent(table -> tables.put(table, rule));
        });
        if (tables.isEmpty() && !root.hasItems("tables")) {
            root.report("tables", "has no table", "let windlass classify propose them");
        }
        int smallestGroup = root.get("smallest_group", SMALLEST_GROUP, Classification.SMALLEST_GROUP);
        StagingOwn own = new StagingOwn(root.words("after_sql", STATEMENT), root.list("own_values", OWN_VALUE));
        SmallGroups smallGroups = root.get("small_groups", SMALL_GROUPS, SmallGroups.REPORTED);
        if (smallGroups == SmallGroups.REFUSED
                && tables.values().stream()
                        .allMatch(table -> table.quasiIdentifiers().isEmpty())) {
            root.report("small_groups", "has nothing to refuse", "name quasi_identifiers below a table");
        }
        root.refuseOtherKeys();
        return new Classification(team, canary, domains, tables, smallestGroup, own, smallGroups);
    }

    private static Optional<TableReference> reference(String name, Section section) {
        try {
            return Optional.of(new TableReference(name));
        } catch (IllegalArgumentException refused) {
            section.reportItself("\"" + name + "\" is not a table", "write it as SCHEMA.TABLE, such as public.users");
            return Optional.empty();
        }
    }

    private static MaskDomain domain(String name, Section section) {
        Optional<MaskKind> kind = section.findNeeded("mask", MaskReader.KIND);
        MaskDomain domain = new MaskDomain(
                name,
                kind.map(known -> MaskReader.read(known, section)).orElseGet(Mask.Hash::new),
                section.get("letter_case", LETTER_CASE, MaskDomain.LetterCase.MATTERS),
                section.get("team", ColumnReader.TEAM, OfTheTeam.MASKED));
        if (section.has("by")) {
            section.report(
                    "by",
                    "would differ between the tables of a domain",
                    "remove it, or give the columns mask: instead");
        }
        section.refuseOtherKeys();
        return domain;
    }

    private static TableRule table(Section section, Map<String, MaskDomain> domains) {
        Optional<String> teamColumn = section.find("team_column", COLUMN);
        SortedMap<String, ColumnRule> columns = new TreeMap<>();
        ColumnReader reader = new ColumnReader(domains, teamColumn);
        section.named("columns").forEach((name, below) -> columns.put(name, reader.read(below)));
        TableRule rule = new TableRule(
                section.need("shape", SHAPE),
                section.find("rows", PREDICATE).map(ClassificationFile::rows).orElseGet(TableRule.Rows.All::new),
                teamColumn,
                columns,
                section.list("quasi_identifiers", QUASI_IDENTIFIER));
        section.refuseOtherKeys();
        return rule;
    }

    private static TableRule.Rows rows(String text) {
        return text.equals("none") ? new TableRule.Rows.None() : new TableRule.Rows.Where(text);
    }
}
