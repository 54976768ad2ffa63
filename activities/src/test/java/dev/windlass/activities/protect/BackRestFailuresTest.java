package dev.windlass.activities.protect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of pgBackRest 2.45. */
class BackRestFailuresTest {
    private static final String NOT_LOADED =
            "unable to load info file '/archive/main/archive.info' or '/archive/main/" + "archive.info.copy':";

    private final Cluster cluster = ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml")))
            .operations()
            .cluster(new ClusterName("main"));

    /** Which of these it is depends on what the file becomes by the other passphrase. */
    @ParameterizedTest
    @CsvSource({
        "95,CryptoError: unable to flush",
        "95,CryptoError: cipher header invalid",
        "29,FormatError: key/value found outside of section at line 1: x",
        "26,ChecksumError: invalid checksum"
    })
    void knowsAnotherPassphraseByEveryErrorItLeadsTo(int code, String cause) {
        Failure ended = failure(
                code, "ERROR: [0" + code + "]: " + NOT_LOADED, cause, "HINT: has a stanza-create been performed?");
        Failure told = Failure.in(BackRestFailures.told(
                        "[" + cause.replaceAll(":.*", "") + "] " + NOT_LOADED + "\n" + cause, cluster))
                .orElseThrow();

        assertThat(List.of(ended, told)).allSatisfy(failure -> {
            assertThat(failure.type()).isEqualTo(FailureType.WRONG_IDENTITY);
            assertThat(failure.anchor()).isEqualTo("protect.md#wrong-passphrase");
            assertThat(failure.fact()).endsWith(NOT_LOADED);
        });
    }

    @Test
    void takesAnotherUnreadableThingForNoPassphrase() {
        Failure failure = failure(29, "ERROR: [029]: unexpected WAL magic 1");

        assertThat(failure.type()).isEqualTo(FailureType.COMMAND_FAILED);
        assertThat(failure.fact()).isEqualTo("pgbackrest failed: ERROR: [029]: unexpected WAL magic 1");
    }

    /** Both are what pgBackRest 2.45 ends with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: [095]: unable to find hostname '127.0.0.1' in certificate common name or subject alternative names",
                "ERROR: [095]: unable to verify certificate presented by 'localhost:9': [20] unable to get local issuer certificate"
            })
    void takesACertificateThatIsRefusedForNoPassphrase(String words) {
        Failure failure = failure(95, words);

        assertThat(failure.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(failure.anchor()).isEqualTo("protect.md#bucket-unreachable");
        assertThat(failure.fact()).endsWith(words);
    }

    @Test
    void doesNotTakeAnUnreachableRepositoryForAnEmptyOne() {
        ApplicationFailure told = BackRestFailures.told(
                "[HostConnectError] unable to connect to 'localhost:9': [111] Connection refused", cluster);

        assertThat(Failure.in(told).orElseThrow().anchor()).isEqualTo("protect.md#bucket-unreachable");
    }

    private Failure failure(int code, String... lines) {
        CommandResult result = new CommandResult("pgbackrest", code, List.of(), List.of(lines), Optional.empty());
        return Failure.in(BackRestFailures.of(result, cluster)).orElseThrow();
    }
}
