package dev.windlass.workflows.recovery;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Instant;
import java.util.Optional;

/** Where the copy beside a database comes from. All else of a recovery is the same, whichever it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
@JsonSubTypes(@JsonSubTypes.Type(value = CopySource.BackupSet.class, name = "set"))
public sealed interface CopySource {
    /** What its rows are as of. */
    Instant at();

    String words();

    /** @param identity empty means the set's own */
    record BackupSet(Manifest manifest, Instant at, StoreName store, Optional<SecretReference> identity)
            implements CopySource {
        @Override
        public String words() {
            return "set " + manifest.set() + " of store " + store;
        }
    }
}
