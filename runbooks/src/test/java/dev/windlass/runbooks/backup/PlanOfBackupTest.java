package dev.windlass.runbooks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanOfBackupTest {
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final DatabaseName CRM = new DatabaseName("crm");

    @TempDir
    private Path directory;

    @Test
    void onlyASetOfAllDatabasesEndsTheIdentitiesOfOlderSets() throws IOException {
        assertThat(destroyed(record(SHOP, CRM))).containsExactly("identities/{older-set}.agekey");
        // The older set is the newest copy of the other database.
        assertThat(destroyed(record(SHOP))).isEmpty();
        assertThat(destroyed(record(CRM))).isEmpty();
    }

    private static List<String> destroyed(Step record) {
        return record.objectCalls().stream()
                .filter(call -> call.verb() == ObjectCall.Verb.DELETE)
                .map(ObjectCall::key)
                .toList();
    }

    private Step record(DatabaseName... databases) throws IOException {
        List<DatabaseObservation> seen = Stream.of(databases)
                .map(name -> new DatabaseObservation(
                        name, "15.18", "/usr/bin", "pg_dump 15.18", 1, DatabaseObservation.Role.SUPERUSER))
                .toList();
        return new PlanOfBackup(operations(), Optional.empty())
                .plan(new BackupRequest(List.of(databases), "ana"), seen, List.of(), List.of())
                .step(BackupSteps.RECORD);
    }

    private Operations operations() throws IOException {
        String example = Files.readString(Path.of("../ops.example.yml"));
        Path file = directory.resolve("ops.yml");
        Files.writeString(
                file,
                example.replace("\ndatabases:\n", "\ndatabases:\n  crm:\n    user: windlass_backup\n")
                        .replace("  databases: [shop]\n", "  databases: [shop, crm]\n"));
        return ((OpsFileReading.Accepted) OpsFile.read(file)).operations();
    }
}
