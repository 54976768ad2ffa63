package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Looks at the machine, and gives it the programs that the set needs. */
record PackageEffects(RecoveryPlaces places) {
    /** Debian makes and starts a cluster of its own otherwise, which everybody on the machine may reach. */
    private static final String NO_CLUSTER = "/etc/postgresql-common/createcluster.d/windlass-recovery.conf";

    private static final SortedMap<String, String> QUIET = Sorted.copyOf(Map.of(
            "DEBIAN_FRONTEND", "noninteractive",
            "LC_ALL", "C",
            "NEEDRESTART_SUSPEND", "1"));

    List<Effect> look() {
        return List.of(
                VpsCommands.reads("cat", "/etc/os-release"),
                VpsCommands.reads("df", "--block-size=1", "--output=avail,target", "--", parentOf(places.backups())),
                // Of a server that runs, wherever its files are.
                VpsCommands.reads("pgrep", "--list-full", "--exact", "postgres|postmaster|redis-server")
                        .tolerating(1),
                VpsCommands.reads(
                        "find",
                        "/var/lib",
                        "-maxdepth",
                        "5",
                        "(",
                        "-name",
                        "PG_VERSION",
                        "-o",
                        "-name",
                        "dump.rdb",
                        ")"));
    }

    /** @param servers empty where the set holds nothing that needs one */
    List<Effect> install(List<String> servers, boolean hasDatabases) {
        List<Effect> effects = new ArrayList<>();
        effects.add(VpsCommands.makeDirectory(places.work()));
        effects.add(VpsCommands.write(places.mark(), "windlass recover vps has not come to its end here\n"));
        // What an attempt that was killed has left half installed.
        effects.add(
                VpsCommands.fed(new Channel.None(), QUIET, List.of("dpkg", "--force-confold", "--configure", "-a")));
        effects.add(apt("update"));
        if (hasDatabases) {
            effects.add(install(List.of("locales", "postgresql-common")));
            effects.add(VpsCommands.changes("mkdir", "-p", "--", parentOf(NO_CLUSTER)));
            effects.add(VpsCommands.write(NO_CLUSTER, "create_main_cluster = false\n"));
        }
        if (!servers.isEmpty()) {
            effects.add(install(servers));
        }
        return effects;
    }

    /** Of somebody who has none of Windlass's own. */
    List<Effect> tools(List<List<String>> packages) {
        List<Effect> effects = new ArrayList<>(List.of(apt("update")));
        packages.forEach(together -> effects.add(install(together)));
        return effects;
    }

    private static Command install(List<String> packages) {
        List<String> words = new ArrayList<>(List.of("install", "--yes", "--no-install-recommends"));
        words.addAll(packages);
        return apt(words.toArray(String[]::new));
    }

    private static Command apt(String... words) {
        List<String> argv = new ArrayList<>(List.of(
                "apt-get",
                "--quiet",
                // A fresh machine updates itself at first.
                "--option=DPkg::Lock::Timeout=300",
                "--option=Dpkg::Options::=--force-confold"));
        argv.addAll(List.of(words));
        return VpsCommands.fed(new Channel.None(), QUIET, argv);
    }

    private static String parentOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
