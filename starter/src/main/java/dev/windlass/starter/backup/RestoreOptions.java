package dev.windlass.starter.backup;

import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a restore is asked, by {@code backup restore} and {@code plan restore} alike. */
public final class RestoreOptions {
    @Parameters(paramLabel = "SET", description = "As in windlass backup list.")
    SetId set = new SetId("00010101T000000Z-00000000");

    @Option(
            names = "--into",
            required = true,
            paramLabel = "NAME",
            description = "The new database's name on the server. It must not exist yet.")
    String into = "";

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "Which database of the set. Not needed when it holds only one.")
    Optional<DatabaseName> database = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "The store whose copy is restored. Else the nearest that holds it.")
    Optional<StoreName> from = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "REF",
            description = "For older sets: the age identity, as env:NAME or file:/path on the worker's machine.")
    Optional<SecretReference> identity = Optional.empty();

    public RestoreRequest request(String person) {
        return new RestoreRequest(set, database, into, from, identity, person);
    }
}
