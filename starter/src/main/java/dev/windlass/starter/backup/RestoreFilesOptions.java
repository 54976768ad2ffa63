package dev.windlass.starter.backup;

import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a restore of files is asked, by {@code backup restore-files} and {@code plan restore-files} alike. */
public final class RestoreFilesOptions {
    @Parameters(index = "0", paramLabel = "SET", description = "As in windlass backup list.")
    SetId set = new SetId("00010101T000000Z-00000000");

    @Parameters(
            index = "1",
            paramLabel = "FILES",
            description = "A name of backup.files, as in windlass backup show SET.")
    ArchiveName archive = new ArchiveName("none");

    @Option(
            names = "--into",
            required = true,
            paramLabel = "DIRECTORY",
            description = "The new directory on the worker's machine, in full. Nothing may be there yet.")
    String into = "";

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

    public RestoreFilesRequest request(String person) {
        return new RestoreFilesRequest(set, archive, into, from, identity, person);
    }
}
