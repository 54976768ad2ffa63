package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.config.Form;
import dev.windlass.runbooks.config.Forms;
import dev.windlass.runbooks.config.Misfit;
import dev.windlass.runbooks.config.Scalar;
import dev.windlass.runbooks.config.Section;
import dev.windlass.runbooks.config.Suggestion;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code tables.NAME.columns.NAME:} */
final class ColumnReader {
    static final Form<OfTheTeam> TEAM = new Form<>("keep", OfTheTeam.KEPT, scalar -> {
        if (!scalar.text().equals("keep")) {
            throw new Misfit("\"" + scalar.text() + "\" is not known here", "write team: keep, or remove it");
        }
        return OfTheTeam.KEPT;
    });
    private static final Form<String> TYPE = Forms.text("the column's type, as windlass classify does", 200);
    private static final Form<String> REASON = Forms.text("why nobody can be recognised by it", 200)
            .and(reason -> {
                if (reason.length() < 5) {
                    throw new Misfit(
                            "\"" + reason + "\" is not a reason", "say why nobody can be recognised by the column");
                }
            });
    private static final Form<ColumnRule.Standing> GUESS = new Form<>("true", ColumnRule.Standing.GUESS, scalar -> {
        if (scalar.kind() != Scalar.Kind.TRUTH || !scalar.text().equalsIgnoreCase("true")) {
            throw new Misfit("is not true", "remove the key once a person has looked at the column");
        }
        return ColumnRule.Standing.GUESS;
    });

    private final Map<String, MaskDomain> domains;
    private final boolean hasTeamColumn;

    ColumnReader(Map<String, MaskDomain> domains, Optional<String> teamColumn) {
        this.domains = domains;
        this.hasTeamColumn = teamColumn.isPresent();
    }

    ColumnRule read(Section section) {
        ColumnRule rule = new ColumnRule(
                section.need("type", TYPE),
                fate(section),
                section.get("guess", GUESS, ColumnRule.Standing.REVIEWED),
                section.get("team", TEAM, OfTheTeam.MASKED));
        if (section.has("team")) {
            requireTeam(section, rule.fate());
        }
        section.refuseOtherKeys();
        return rule;
    }

    private ColumnRule.Fate fate(Section section) {
        Optional<String> reason = section.find("keep", REASON);
        Optional<MaskKind> kind = section.find("mask", MaskReader.KIND);
        Optional<String> domain = section.find("domain", ClassificationFile.DOMAIN.and(this::requireDomain));
        long given = Stream.of("keep", "mask", "domain").filter(section::has).count();
        if (given != 1) {
            section.reportItself(
                    given == 0 ? "does not say what becomes of it" : "says more than one thing that becomes of it",
                    "write one of keep: with the reason, mask: or domain:");
        }
        if (kind.isPresent()) {
            return new ColumnRule.Fate.Masked(MaskReader.read(kind.get(), section));
        }
        return domain.<ColumnRule.Fate>map(ColumnRule.Fate.InDomain::new)
                .orElseGet(() -> new ColumnRule.Fate.Keep(reason.orElse("")));
    }

    private void requireTeam(Section section, ColumnRule.Fate fate) {
        if (fate instanceof ColumnRule.Fate.InDomain) {
            section.report(
                    "team",
                    "cannot be said of one column of a domain",
                    "write team: keep at the domain, for all of it");
        } else if (!hasTeamColumn) {
            section.report(
                    "team",
                    "needs to know which rows are the team's",
                    "write team_column: beside columns:, with the column that holds their e-mail addresses");
        }
    }

    private void requireDomain(String name) throws Misfit {
        if (!domains.containsKey(name)) {
            throw new Misfit("there is no domain \"" + name + "\"", Suggestion.among(name, domains.keySet(), "domain"));
        }
    }
}
