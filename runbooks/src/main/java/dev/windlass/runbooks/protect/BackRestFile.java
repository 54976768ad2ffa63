package dev.windlass.runbooks.protect;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * pgBackRest's configuration of one cluster. Where a secret belongs stands {@code =$NAME}; it is put there by the command
 * that writes the file, and exists nowhere else.
 *
 * <p>Sources: pgbackrest.org/configuration.html; what R2 makes of it is measured, runbooks/protect.md#r2.
 */
public record BackRestFile(Cluster cluster, Database database, S3Store store) {
    private static final String KEY = "REPO1_S3_KEY";
    private static final String SECRET = "REPO1_S3_KEY_SECRET";
    private static final String PASSPHRASE = "REPO1_CIPHER_PASS";
    private static final int HTTPS = 443;

    /** With a name for each secret. */
    public String text() {
        URI endpoint = URI.create(store.endpoint());
        List<String> lines = new ArrayList<>(List.of(
                "# written by windlass protect " + cluster.name() + ": changes are lost with its next run",
                "[global]",
                "repo1-type=s3",
                "repo1-path=" + path(),
                "repo1-s3-bucket=" + store.bucket(),
                "repo1-s3-endpoint=" + endpoint.getHost(),
                "repo1-storage-port=" + (endpoint.getPort() < 0 ? HTTPS : endpoint.getPort()),
                "repo1-s3-region=" + store.region(),
                "repo1-s3-uri-style=path",
                "repo1-s3-key=$" + KEY,
                "repo1-s3-key-secret=$" + SECRET,
                "repo1-storage-verify-tls=y"));
        store.certificateAuthority().ifPresent(file -> lines.add("repo1-storage-ca-file=" + file));
        lines.addAll(List.of(
                "repo1-cipher-type=aes-256-cbc",
                "repo1-cipher-pass=$" + PASSPHRASE,
                "repo1-retention-full-type=count",
                "repo1-retention-full=" + cluster.keepFulls(),
                "repo1-bundle=y",
                "compress-type=zst",
                // R2 takes one write a second for one key: with resume the manifest is written twice within
                // milliseconds, and expire would write backup.info right after backup.
                "resume=n",
                "expire-auto=n",
                "start-fast=y",
                "io-timeout=20",
                "log-level-file=off",
                "log-level-console=info",
                "log-level-stderr=warn",
                "[" + cluster.stanza() + "]",
                "pg1-path=" + cluster.dataDirectory(),
                "pg1-port=" + database.port(),
                "pg1-socket-path=" + cluster.socket()));
        return String.join("\n", lines) + "\n";
    }

    public SortedMap<String, SecretReference> secrets() {
        return Sorted.copyOf(
                Map.of(KEY, store.accessKeyId(), SECRET, store.secretAccessKey(), PASSPHRASE, cluster.passphrase()));
    }

    /** Below the bucket. */
    private String path() {
        return "/" + store.prefix() + "pgbackrest";
    }
}
