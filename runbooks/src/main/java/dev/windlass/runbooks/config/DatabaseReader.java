package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Database.SmokeQuery;
import dev.windlass.workflows.kernel.DatabaseName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code databases:} */
final class DatabaseReader {
    private static final Form<String> ENVIRONMENT = Forms.text("an environment such as production", 40);
    private static final Form<String> USER = Forms.text("a user of PostgreSQL", 63);
    private static final Form<String> SMOKE_NAME = Forms.text("a name for this check", 100);

    /** Statements may span lines. */
    private static final Form<String> STATEMENT =
            new Form<>("one SQL statement that returns true", "SELECT true", Scalar::requireText);

    private DatabaseReader() {}

    /** @param syncs what is looked at once more when the rest of ops.yml is known */
    record Reading(SortedMap<DatabaseName, Database> all, StagingSyncReader syncs) {}

    static Reading readAll(Section root) {
        SortedMap<DatabaseName, Database> databases = new TreeMap<>();
        Map<String, Section> sections = root.named("databases");
        if (sections.isEmpty() && !root.hasItems("databases")) {
            root.report("databases", "has no database", "name at least one database below it");
        }
        sections.forEach((name, section) -> {
            Optional<DatabaseName> databaseName = name(name, section);
            // Under a name that cannot be, its keys are still checked.
            Database database = read(databaseName.orElse(Forms.DATABASE.standIn()), section);
            databaseName.ifPresent(good -> databases.put(good, database));
        });
        StagingSyncReader syncs = new StagingSyncReader(databases);
        sections.forEach((name, section) -> {
            Optional<StagingSync> sync = section.findSection("staging_sync").map(below -> syncs.read(name, below));
            section.refuseOtherKeys();
            sync.ifPresent(good -> databases.computeIfPresent(
                    new DatabaseName(name), (same, database) -> database.withStagingSync(good)));
        });
        return new Reading(databases, syncs);
    }

    private static Optional<DatabaseName> name(String name, Section section) {
        if (name.equals("scratch")) {
            section.reportItself(
                    "\"scratch\" is what plans call the throw-away cluster of a proof",
                    "choose another name here and write the name on the server under database");
            return Optional.empty();
        }
        return section.itsName(name, Forms.DATABASE);
    }

    private static Database read(DatabaseName name, Section section) {
        return new Database(
                name,
                section.get("database", Forms.DATABASE_ON_SERVER, name.value()),
                section.get("environment", ENVIRONMENT, "production"),
                section.get("host", NetworkForms.HOST_OR_SOCKET, "127.0.0.1"),
                section.get("port", NetworkForms.PORT, 5432),
                section.get("user", USER, "postgres"),
                section.find("password", SecretForm.SECRET),
                section.find("tools", Forms.PATH),
                readSmoke(section));
    }

    private static List<SmokeQuery> readSmoke(Section section) {
        List<SmokeQuery> queries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section query : section.sections("smoke")) {
            String name = query.need("name", SMOKE_NAME);
            queries.add(new SmokeQuery(name, query.need("sql", STATEMENT)));
            query.refuseOtherKeys();
            if (!names.add(name) && !name.equals(SMOKE_NAME.standIn())) {
                query.report("name", "\"" + name + "\" stands twice", "give each check a name of its own");
            }
        }
        return queries;
    }
}
