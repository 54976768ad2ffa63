package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.runbooks.backup.BackupKeys;
import dev.windlass.runbooks.backup.StoredSet;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.StoreName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the stores themselves say of the sets: nothing is remembered elsewhere. Documents are small and read from the first
 * store that has them; the other stores need to list the same sizes.
 */
public final class SetCatalogue {
    private final ObjectStores stores;
    private final List<StoreName> names;

    /** @param names the nearest first */
    public SetCatalogue(ObjectStores stores, List<StoreName> names) {
        this.stores = stores;
        this.names = List.copyOf(names);
    }

    /** @param sets the same sets, as retention needs them */
    public record Contents(Catalogue catalogue, List<StoredSet> sets) {}

    /** Fails when a store cannot be listed: half a view would let retention remove what it should keep. */
    public Contents read(StepContext context) {
        NavigableMap<SetId, Map<StoreName, Map<String, StoredObject>>> found = new TreeMap<>();
        for (StoreName name : names) {
            for (StoredObject object : stores.store(name).list(BackupKeys.SETS, context)) {
                setOf(object.key())
                        .ifPresent(set -> found.computeIfAbsent(set, none -> new LinkedHashMap<>())
                                .computeIfAbsent(name, none -> new TreeMap<>())
                                .put(object.key(), object));
            }
        }
        List<SetReading> readings = found.entrySet().stream()
                .map(entry -> new SetReading(stores, entry.getKey(), entry.getValue(), context))
                .toList();
        List<Catalogue.Entry> entries = readings.stream().map(SetReading::entry).toList();
        List<StoredSet> sets = entries.stream()
                .map(entry -> new StoredSet(
                        entry.set(),
                        entry.status(),
                        java.util.Set.copyOf(entry.stores()),
                        found.getOrDefault(entry.set(), Map.of()).keySet()))
                .toList();
        return new Contents(new Catalogue(entries), sets);
    }

    /** Folders that are not named as sets are somebody else's. */
    private static Optional<SetId> setOf(String key) {
        String[] parts = key.split("/", 3);
        try {
            return parts.length == 3 ? Optional.of(new SetId(parts[1])) : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
