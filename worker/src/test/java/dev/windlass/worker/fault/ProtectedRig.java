package dev.windlass.worker.fault;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Lets pgBackRest protect the rig's cluster. */
final class ProtectedRig {
    private static final int PATIENCE_SECONDS = 200;

    private ProtectedRig() {}

    /** @param archiveTimeout as ops.yml says it */
    static void protect(Rig rig, String stanza, String archiveTimeout) throws Exception {
        Path passphrase = rig.directory.resolve("passphrase");
        Files.writeString(passphrase, "a passphrase of the repository");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                rig.directory.resolve("ops.yml"), cluster(rig, stanza, archiveTimeout), StandardOpenOption.APPEND);
        rig.worker.kill();
        rig.worker.start();
        ProtectOutcome outcome = rig.start(
                        "Protect",
                        "fault-protect",
                        new ProtectRequest(
                                new ClusterName("main"),
                                new TreeSet<>(List.of(ProtectRequest.RESTART)),
                                new Requester("test", Optional.empty())))
                .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, ProtectOutcome.class);
        if (!(outcome instanceof ProtectOutcome.Protected)) {
            throw new IOException("the cluster is not protected: " + outcome);
        }
    }

    private static String cluster(Rig rig, String stanza, String archiveTimeout) {
        return """
                clusters:
                  main:
                    database: shop
                    data_directory: %1$s/data
                    owner: %2$s
                    socket: %1$s
                    stanza: %3$s
                    store: bucket
                    passphrase: file:%4$s/passphrase
                    configuration: %4$s/pgbackrest/main.conf
                    archive_timeout: %5$s
                    full:
                      cron: "0 0 1 1 *"
                    differential:
                      cron: "0 0 1 1 *"
                    watch:
                      cron: "0 0 1 1 *"
                    restart: [%6$s]
                """.formatted(
                        rig.postgres.directory(),
                        Cluster.isRoot() ? "postgres" : System.getProperty("user.name"),
                        stanza,
                        rig.directory,
                        archiveTimeout,
                        String.join(", ", rig.postgres.restartWords()));
    }
}
