package dev.windlass.runbooks.backup;

import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a set lies, as retention needs to know it.
 *
 * @param whole stores that hold it whole
 * @param present stores that hold anything of it, whole or not
 */
public record StoredSet(SetId set, Catalogue.Status status, Set<StoreName> whole, Set<StoreName> present) {
    public StoredSet {
        whole = Set.copyOf(whole);
        present = Set.copyOf(new TreeSet<>(present));
        if (!present.containsAll(whole)) {
            throw new IllegalArgumentException("set " + set + " is whole in a store where nothing of it is");
        }
    }

    boolean isProven() {
        return status == Catalogue.Status.PROVEN;
    }
}
