package dev.windlass.worker.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The rig's ops.yml. A worker reads it when it starts. */
final class OpsFile {
    static final String BUCKET = "shop-backups";
    static final String CHANNEL = "C0FAULTS01";

    private final Path directory;
    private final String temporal;
    private final Cluster postgres;
    private final TestDouble r2;
    private final TestDouble slack;
    private final List<String> databases;
    private final String apps;
    private final String files;
    private final String recipient;

    /**
     * @param databases all in the one cluster
     * @param apps with {@code DIRECTORY} for the rig's
     * @param files of each set beside the uploads, as the apps are written
     */
    OpsFile(
            Path directory,
            String temporal,
            Cluster postgres,
            TestDouble r2,
            TestDouble slack,
            List<String> databases,
            String apps,
            String files)
            throws IOException {
        this.databases = List.copyOf(databases);
        this.apps = apps.replace("DIRECTORY", directory.toString());
        this.files = files.replace("DIRECTORY", directory.toString());
        this.directory = directory;
        this.temporal = temporal;
        this.postgres = postgres;
        this.r2 = r2;
        this.slack = slack;
        this.recipient = newIdentity(directory.resolve("laptop.agekey"));
    }

    void write() throws IOException {
        write(postgres.tools(), directory.resolve("backups"));
    }

    /**
     * @param tools where pg_dump and the like are looked for
     * @param backups the backup directory
     */
    void write(Path tools, Path backups) throws IOException {
        Files.writeString(directory.resolve("ops.yml"), """
                version: 1
                team: Faults
                state: %1$s/state
                temporal:
                  address: %2$s
                databases:
                %3$s
                stores:
                  bucket:
                    kind: r2
                    endpoint: https://localhost:%4$d
                    bucket: %5$s
                    access_key_id: env:FAULT_KEY_ID
                    secret_access_key: env:FAULT_SECRET_KEY
                    certificate_authority: %1$s/bucket-ca.pem
                    part_size: 5MiB
                backup:
                  directory: %6$s
                  recipients: [%7$s]
                  remote: bucket
                  # Not while these tests run.
                  schedule:
                    cron: "0 0 1 1 *"
                  restore_test:
                    cron: "0 0 1 1 *"
                  scratch:
                    directory: %1$s/scratch
                  files:
                    uploads:
                      path: %1$s/uploads
                %11$s
                notifications:
                  slack:
                    token: env:FAULT_SLACK_TOKEN
                    channel: %8$s
                    api: http://127.0.0.1:%9$d/api/
                %10$s
                """.formatted(
                        directory,
                        temporal,
                        databases.stream().map(name -> database(name, tools)).collect(Collectors.joining("\n")),
                        r2.port(),
                        BUCKET,
                        backups,
                        recipient,
                        CHANNEL,
                        slack.port(),
                        apps,
                        files));
    }

    private String database(String name, Path tools) {
        return """
                  %s:
                    host: 127.0.0.1
                    port: %d
                    user: postgres
                    tools: %s
                    smoke:
                      - name: there are users
                        sql: SELECT count(*) > 0 FROM app.users\
                """.formatted(name, postgres.port(), tools);
    }

    /** Makes an age identity that only its owner can read. @return its recipient */
    static String newIdentity(Path file) throws IOException {
        Process keygen = new ProcessBuilder("age-keygen", "-o", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int at = said.indexOf("age1");
        if (at < 0) {
            throw new IOException("age-keygen said: " + said);
        }
        return said.substring(at).strip();
    }
}
