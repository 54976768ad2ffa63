package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Archive;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.recovery.LeftToDo;
import dev.windlass.workflows.recovery.LostCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a recovery does not do, in the order in which a person does it. */
final class WhatIsLeft {
    private WhatIsLeft() {}

    /**
     * @param address of the new machine
     * @param lost where the databases came from its physical backup
     */
    static List<LeftToDo> of(Manifest manifest, String address, Optional<LostCluster> lost) {
        List<LeftToDo> left = new ArrayList<>();
        String configuration = manifest.archives().stream()
                .filter(archive -> archive.archive().equals(Archive.OWN))
                .flatMap(archive -> archive.paths().stream())
                .findFirst()
                .orElse("ops.yml");
        left.add(new LeftToDo(
                "secrets that " + configuration + " names: no set holds them",
                List.of("grep -nE 'env:|file:' " + configuration)));
        if (!manifest.databases().isEmpty()) {
            left.add(new LeftToDo(
                    "settings of PostgreSQL other than the distribution's (postgresql.conf, pg_hba.conf)", List.of()));
        }
        lost.ifPresent(cluster -> left.addAll(ofCluster(manifest, cluster)));
        if (!manifest.redis().isEmpty()) {
            left.add(new LeftToDo(
                    "settings of Redis: its password, maxmemory and eviction, in /etc/redis/redis.conf", List.of()));
        }
        left.add(new LeftToDo(
                AppsOfSet.hasNginx(manifest)
                        ? "the firewall"
                        : "nginx and the firewall, with the certificates that came back",
                List.of(
                        AppsOfSet.hasNginx(manifest) ? "apt-get install ufw" : "apt-get install nginx ufw",
                        "ufw allow OpenSSH",
                        "ufw allow 'Nginx Full'",
                        "ufw enable")));
        left.add(new LeftToDo(
                LeftToDo.WINDLASS + ", as in docs/install.md", List.of("windlass check " + configuration)));
        left.add(new LeftToDo(LeftToDo.APPS, List.of("windlass deploy APP ENVIRONMENT VERSION")));
        left.add(new LeftToDo(
                "the names, when the apps answer: at the machine's public address",
                List.of("windlass recover dns --wait --to " + address)));
        left.add(new LeftToDo("a first backup of the new machine", List.of("windlass backup run --wait")));
        return left;
    }

    private static List<LeftToDo> ofCluster(Manifest manifest, LostCluster cluster) {
        String data = "/var/lib/postgresql/"
                + PlanOfRecoverVps.major(manifest).map(String::valueOf).orElse("VERSION") + "/"
                + RecoveryPlaces.CLUSTER;
        return List.of(
                new LeftToDo(
                        "settings that ALTER SYSTEM gave the lost server; none of them is in force",
                        List.of("cat " + data + "/postgresql.auto.conf.lost")),
                new LeftToDo(
                        "WAL archiving, which is OFF: when you are sure that the lost machine stays away",
                        List.of("windlass protect " + cluster.name() + " --wait")));
    }
}
