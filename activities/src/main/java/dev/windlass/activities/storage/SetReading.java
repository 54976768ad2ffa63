package dev.windlass.activities.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.Catalogue.Status;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.Proof;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One set, read from the listings of all stores. What is wrong becomes a line, never a crash. */
final class SetReading {
    private static final int MOST_MISSING = 3;

    private final ObjectStores stores;
    private final SetId set;
    private final String folder;
    private final Map<StoreName, Map<String, StoredObject>> listings;
    private final StepContext context;
    private final List<String> problems = new ArrayList<>();

    /** @param listings the objects below the set's folder by key, nearest store first */
    SetReading(
            ObjectStores stores, SetId set, Map<StoreName, Map<String, StoredObject>> listings, StepContext context) {
        this.stores = stores;
        this.set = set;
        this.folder = "sets/" + set + "/";
        this.listings = listings;
        this.context = context;
    }

    Catalogue.Entry entry() {
        String manifestKey = folder + "manifest.json";
        Optional<Document<Manifest>> manifest = first(manifestKey, Manifest.class, this::objection);
        if (manifest.isEmpty()) {
            return new Catalogue.Entry(set, Status.INCOMPLETE, List.of(), Optional.empty(), Optional.empty(), problems);
        }
        List<StoreName> whole = listings.keySet().stream()
                .filter(store -> isWhole(store, manifestKey, manifest.get()))
                .toList();
        Optional<Proof> proof = verdictKeys()
                .flatMap(key -> first(key, Proof.class, this::objection).stream())
                .map(Document::value)
                .max(Comparator.comparing(Proof::provenAt).thenComparing(Proof::run));
        return new Catalogue.Entry(
                set,
                proof.map(SetReading::status).orElse(Status.UNPROVEN),
                whole,
                Optional.of(manifest.get().value()),
                proof,
                problems);
    }

    private static Status status(Proof proof) {
        return switch (proof.verdict()) {
            case PROVEN -> Status.PROVEN;
            case FAILED -> Status.FAILED;
        };
    }

    private Stream<String> verdictKeys() {
        Set<String> keys = new TreeSet<>();
        listings.values().forEach(listing -> keys.addAll(listing.keySet()));
        return keys.stream().filter(key -> key.equals(folder + "proof.json") || isCheck(key));
    }

    private boolean isCheck(String key) {
        return key.startsWith(folder + "checks/") && key.endsWith(".json");
    }

    private boolean isWhole(StoreName store, String manifestKey, Document<Manifest> manifest) {
        Map<String, StoredObject> listing = listings.getOrDefault(store, Map.of());
        if (!hasSize(listing, manifestKey, manifest.bytes())) {
            problems.add(store + ": " + manifestKey + " " + state(listing, manifestKey, manifest.bytes()));
            return false;
        }
        List<Artefact> wrong = manifest.value().artefacts().stream()
                .filter(artefact -> !hasSize(listing, artefact.key(), artefact.bytes()))
                .toList();
        wrong.stream()
                .limit(MOST_MISSING)
                .forEach(artefact -> problems.add(
                        store + ": " + artefact.key() + " " + state(listing, artefact.key(), artefact.bytes())));
        if (wrong.size() > MOST_MISSING) {
            problems.add(store + ": and " + (wrong.size() - MOST_MISSING) + " more files");
        }
        // A copy whose manifest could not be read is not whole, even at the right size.
        return wrong.isEmpty() && problems.stream().noneMatch(line -> line.startsWith(store + ": " + manifestKey));
    }

    private static boolean hasSize(Map<String, StoredObject> listing, String key, long bytes) {
        StoredObject object = listing.get(key);
        return object != null && object.bytes() == bytes;
    }

    private static String state(Map<String, StoredObject> listing, String key, long bytes) {
        StoredObject object = listing.get(key);
        return object == null ? "is missing" : "has " + object.bytes() + " bytes, not " + bytes;
    }

    private record Document<T>(T value, long bytes) {}

    /** Says what is wrong with a document that was read, or nothing. */
    private interface Judge<T> {
        Optional<String> objectionTo(T value);
    }

    private <T> Optional<Document<T>> first(String key, Class<T> type, Judge<T> judge) {
        for (Map.Entry<StoreName, Map<String, StoredObject>> listing : listings.entrySet()) {
            if (listing.getValue().containsKey(key)) {
                Optional<Document<T>> document = read(listing.getKey(), key, type, judge);
                if (document.isPresent()) {
                    return document;
                }
            }
        }
        return Optional.empty();
    }

    private <T> Optional<Document<T>> read(StoreName store, String key, Class<T> type, Judge<T> judge) {
        Optional<byte[]> content = stores.store(store).get(key, context);
        if (content.isEmpty()) {
            problems.add(store + ": " + key + " vanished while it was read");
            return Optional.empty();
        }
        try {
            T value = PayloadJson.read(new String(content.get(), StandardCharsets.UTF_8), type);
            Optional<String> objection = judge.objectionTo(value);
            objection.ifPresent(why -> problems.add(store + ": " + key + " " + why));
            return objection.isPresent() ? Optional.empty() : Optional.of(new Document<>(value, content.get().length));
        } catch (JsonProcessingException damaged) {
            problems.add(store + ": " + key + " is damaged: " + damaged.getOriginalMessage());
            return Optional.empty();
        }
    }

    private Optional<String> objection(Manifest manifest) {
        boolean lacks = Stream.of(manifest.set(), manifest.committedAt(), manifest.run())
                        .anyMatch(Objects::isNull)
                || manifest.artefacts().stream().anyMatch(artefact -> artefact.key() == null);
        return objection(manifest.format(), Manifest.FORMAT, lacks, manifest.set());
    }

    private Optional<String> objection(Proof proof) {
        boolean lacks = Stream.of(proof.set(), proof.verdict(), proof.provenAt(), proof.run())
                .anyMatch(Objects::isNull);
        return objection(proof.format(), Proof.FORMAT, lacks, proof.set());
    }

    private Optional<String> objection(String format, String known, boolean lacks, SetId named) {
        if (!known.equals(format)) {
            return Optional.of("has format " + format + ", not " + known);
        }
        if (lacks) {
            return Optional.of("is damaged: it lacks fields");
        }
        return named.equals(set) ? Optional.empty() : Optional.of("belongs to set " + named);
    }
}
