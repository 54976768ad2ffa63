package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.RedisName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Files and Redis data of a set, at the places that they had. */
public record PlacingEffects(RecoveryPlaces places) {
    /** Slot: lines of systemd-sysusers for the owners that the machine does not know. */
    public static final String OWNERS = "owners";

    private static final String REDIS_DATA = "/var/lib/redis/dump.rdb";
    private static final String REDIS = "redis-server.service";

    List<Effect> files(Manifest manifest, ArchiveSummary archive) {
        String unpacked = places.unpacked(archive.archive());
        List<Effect> effects = new ArrayList<>();
        effects.add(VpsCommands.remove(unpacked));
        effects.add(VpsCommands.makeDirectory(unpacked));
        effects.add(VpsCommands.fed(new Channel.Text("{" + OWNERS + "}"), "systemd-sysusers", "-"));
        effects.add(VpsCommands.fed(
                opened(manifest, Artefact.Kind.FILES, archive.archive()),
                "tar",
                "--extract",
                "--file=-",
                "--preserve-permissions",
                "--acls",
                "--xattrs",
                "--directory=" + unpacked));
        for (String path : archive.paths()) {
            effects.add(VpsCommands.changes("mkdir", "-p", "--", parentOf(path)));
            // What lies there is renamed to PATH.~1~, and never overwritten.
            effects.add(VpsCommands.changes(
                    "mv", "--no-target-directory", "--backup=numbered", "--", unpacked + path, path));
        }
        effects.add(VpsCommands.remove(unpacked));
        return effects;
    }

    List<Effect> redis(Manifest manifest, RedisName redis) {
        String directory = places.opened(redis);
        String snapshot = directory + "/dump.rdb";
        return List.of(
                VpsCommands.remove(directory),
                VpsCommands.makeDirectory(directory),
                VpsCommands.fed(
                        opened(manifest, Artefact.Kind.REDIS, redis),
                        "dd",
                        "of=" + snapshot,
                        "bs=1M",
                        "iflag=fullblock",
                        "status=none"),
                VpsCommands.changes("redis-check-rdb", snapshot),
                VpsCommands.changes("systemctl", "stop", REDIS),
                VpsCommands.changes("install", "-m", "0660", "-o", "redis", "-g", "redis", "--", snapshot, REDIS_DATA),
                VpsCommands.changes("systemctl", "start", REDIS),
                VpsCommands.remove(directory));
    }

    private Channel opened(Manifest manifest, Artefact.Kind kind, Object subject) {
        return new Channel.OpenedFile(
                places.backups() + "/" + manifest.artefact(kind, subject).key(), places.identity());
    }

    private static String parentOf(String path) {
        return Objects.requireNonNull(Path.of(path).getParent(), path).toString();
    }
}
