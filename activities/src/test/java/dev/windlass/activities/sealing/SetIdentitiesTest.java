package dev.windlass.activities.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Channel;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetIdentitiesTest {
    private static final SetId MONDAY = new SetId("20261123T030000Z-00000001");
    private static final SetId TUESDAY = new SetId("20261124T030000Z-00000002");
    private static final SetId WEDNESDAY = new SetId("20261125T030000Z-00000003");

    @TempDir
    Path state;

    private SetIdentities identities = new SetIdentities(Path.of("/"));

    @BeforeEach
    void begin() {
        identities = new SetIdentities(state);
    }

    @Test
    void aSecondAttemptFindsTheIdentityOfTheFirst() {
        String recipient = identities.ensure(TUESDAY);

        assertThat(recipient).matches("age1[0-9a-z]{58}");
        assertThat(identities.ensure(TUESDAY)).isEqualTo(recipient);
        assertThat(identities.ensure(WEDNESDAY)).isNotEqualTo(recipient);
    }

    @Test
    void onlyTheOwnerReadsThem() throws Exception {
        identities.ensure(TUESDAY);

        Path directory = state.resolve("identities");
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(directory.toFile().list()).containsExactly(TUESDAY + ".agekey");
        assertThat(permissions(directory.resolve(TUESDAY + ".agekey"))).isEqualTo("rw-------");
    }

    @Test
    void theFileOpensWhatWasSealedToItsRecipient() throws Exception {
        String recipient = identities.ensure(TUESDAY);
        SealedFiles files =
                new AgeSealedFiles(reference -> read(Path.of(reference.value().substring("file:".length()))));
        String path = state.resolve("x.zst.age").toString();
        try (SealedFiles.Draft draft = files.begin(new Channel.SealedFile(path, 3, List.of(recipient)))) {
            draft.write(new byte[] {42}, 0, 1);
            draft.commit();
        }
        try (InputStream in = files.open(new Channel.OpenedFile(path, identities.reference(TUESDAY)))) {
            assertThat(in.readAllBytes()).containsExactly(42);
        }
    }

    @Test
    void olderOnesAreDestroyedAndTheNewestStays() throws Exception {
        identities.ensure(WEDNESDAY);
        identities.ensure(MONDAY);
        identities.ensure(TUESDAY);
        Files.writeString(state.resolve("identities/team.agekey"), "not ours");

        assertThat(identities.destroyOlderThan(TUESDAY)).containsExactly(MONDAY);
        assertThat(identities.list()).containsExactly(TUESDAY, WEDNESDAY);
        assertThat(identities.has(MONDAY)).isFalse();
        assertThat(identities.destroyOlderThan(TUESDAY)).isEmpty();
        assertThat(state.resolve("identities/team.agekey")).exists();
    }

    @Test
    void noneIsNoError() {
        assertThat(identities.list()).isEmpty();
        assertThat(identities.destroy(MONDAY)).isFalse();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
