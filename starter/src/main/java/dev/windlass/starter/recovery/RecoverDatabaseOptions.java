package dev.windlass.starter.recovery;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.TableReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is to be recovered, for the run and for its plan alike. */
final class RecoverDatabaseOptions {
    @Parameters(paramLabel = "DB", description = "A database of ops.yml.")
    DatabaseName database = new DatabaseName("database");

    @Option(
            names = "--table",
            paramLabel = "SCHEMA.TABLE",
            split = ",",
            description = "Only bring the missing rows of this table back; may be given again. Else the copy takes the"
                    + " name of the whole database.")
    List<TableReference> tables = List.of();

    @Option(
            names = "--backup",
            paramLabel = "SET",
            description = "As in windlass backup list. Else the newest proven one that holds the database.")
    Optional<SetId> set = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "The store whose copy of the set is used. Else the nearest that holds it.")
    Optional<StoreName> from = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "REF",
            description = "For older sets: the age identity, as env:NAME or file:/path on the worker's machine.")
    Optional<SecretReference> identity = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "As it was at this moment, with all that was committed by then, in place of a backup set: such as"
                            + " 2026-11-29T02:00:00Z or 2026-11-29T03:00:00+01:00. Its cluster has to be protected (windlass"
                            + " protect) and is restored beside the live one.")
    Optional<Instant> to = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    void requireOneSource() {
        if (to.isPresent() && (set.isPresent() || from.isPresent() || identity.isPresent())) {
            throw new ParameterException(
                    command.commandLine(),
                    "--to goes without --backup, --from and --identity: a moment is reached by WAL, not by a set");
        }
    }

    /** @param requester who asks; a plan needs no signature */
    RecoverDatabaseRequest request(Requester requester) {
        return new RecoverDatabaseRequest(database, set, tables, from, identity, requester, to);
    }

    String summary() {
        return "recover database " + database;
    }
}
