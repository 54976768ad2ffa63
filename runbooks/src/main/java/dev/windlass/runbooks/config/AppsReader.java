package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code apps:} */
final class AppsReader {
    private enum Kind {
        PROCESS,
        DOCKER,
        DOKPLOY
    }

    private static final Form<Kind> KIND = Forms.choice(Kind.class);
    private static final Form<AppName> APP = Forms.named("the name of an app", AppName::new);
    private static final Form<EnvironmentName> ENVIRONMENT =
            Forms.named("the name of an environment", EnvironmentName::new);

    /** What two environments of one machine must not share, and who has it. */
    private final Map<String, String> taken = new HashMap<>();

    private AppsReader() {}

    static SortedMap<AppName, App> readAll(Section root, Set<DatabaseName> databases) {
        AppsReader reader = new AppsReader();
        SortedMap<AppName, App> apps = new TreeMap<>();
        root.named("apps").forEach((name, section) -> {
            AppName known = section.itsName(name, APP).orElse(APP.standIn());
            apps.put(known, reader.readApp(known, section, databases));
        });
        return apps;
    }

    private App readApp(AppName app, Section section, Set<DatabaseName> databases) {
        SortedMap<EnvironmentName, Target> environments = new TreeMap<>();
        SortedMap<EnvironmentName, Gates> gates = new TreeMap<>();
        SortedMap<EnvironmentName, Migrations> migrations = new TreeMap<>();
        SortedMap<EnvironmentName, Section> migrating = new TreeMap<>();
        Map<String, Section> sections = section.named("environments");
        if (sections.isEmpty() && !section.hasItems("environments")) {
            section.report("environments", "has no environment", "name at least one below it, such as prod");
        }
        sections.forEach((name, below) -> {
            EnvironmentName known = below.itsName(name, ENVIRONMENT).orElse(ENVIRONMENT.standIn());
            below.findSection("gates").map(GatesReader::read).ifPresent(read -> gates.put(known, read));
            below.findSection("migrations").ifPresent(found -> {
                migrations.put(known, MigrationsReader.read(found, databases));
                migrating.put(known, found);
            });
            below.findNeeded("target", KIND)
                    .ifPresent(kind -> environments.put(known, read(kind, app + " " + known, below)));
        });
        migrating.forEach((name, below) -> MigrationsReader.requireFollowed(below, name, migrations));
        section.refuseOtherKeys();
        return new App(app, environments, gates, migrations);
    }

    private Target read(Kind kind, String whose, Section section) {
        return switch (kind) {
            case PROCESS -> readProcess(whose, section);
            case DOCKER -> {
                ServiceReader reader = new ServiceReader(section);
                yield alone(reader, reader.readDocker(), whose);
            }
            case DOKPLOY -> {
                ServiceReader reader = new ServiceReader(section);
                yield alone(reader, reader.readDokploy(), whose);
            }
        };
    }

    private Target alone(ServiceReader reader, Target.ServiceTarget target, String whose) {
        reader.requireAlone(target, whose, taken);
        return target;
    }

    private Target readProcess(String whose, Section section) {
        ProcessReader reader = new ProcessReader(section);
        Target.ProcessTarget target = reader.read();
        reader.requireAlone(target, whose, taken);
        // "shop-a b" and "shop a-b" would be one service.
        String service = "service windlass-" + whose.replace(' ', '-');
        String other = taken.putIfAbsent(service, whose);
        if (other != null && !other.equals(whose)) {
            section.reportItself(service + " is that of " + other + " as well", "choose another name here");
        }
        return target;
    }
}
