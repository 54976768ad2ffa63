package dev.windlass.activities.storage;

import static dev.windlass.workflows.kernel.Access.CHANGES;
import static dev.windlass.workflows.kernel.Access.READS;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.StoreName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects as files below a directory. A key is free or holds a whole object, also after a crash; nothing is overwritten.
 */
final class DirectoryObjectStore implements ObjectStore {
    private static final int LARGEST_SMALL = 1 << 20;

    private final StoreName name;
    private final Path root;

    DirectoryObjectStore(StoreName name, Path root) {
        this.name = name;
        this.root = root;
    }

    @Override
    public StoreName name() {
        return name;
    }

    @Override
    public List<StoredObject> list(String prefix, StepContext context) {
        begun(context, READS, Verb.LIST, prefix);
        return files(prefix).stream()
                .filter(file -> !file.toString().endsWith(DurableFiles.PART))
                .flatMap(file -> describe(keyOf(file)).stream())
                .toList();
    }

    @Override
    public Optional<Instant> youngest(String prefix, StepContext context) {
        begun(context, READS, Verb.LIST, prefix);
        try {
            Optional<Instant> youngest = Optional.empty();
            for (Path file : files(prefix)) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                youngest = youngest.filter(written::isBefore).or(() -> Optional.of(written));
            }
            return youngest;
        } catch (IOException failed) {
            throw broken(failed, root);
        }
    }

    @Override
    public Optional<StoredObject> head(String key, StepContext context) {
        begun(context, READS, Verb.HEAD, key);
        return describe(key);
    }

    @Override
    public Optional<byte[]> get(String key, StepContext context) {
        begun(context, READS, Verb.GET, key);
        Path file = file(key);
        try {
            long bytes = Files.size(file);
            if (bytes > LARGEST_SMALL) {
                throw StorageFailures.tooLarge(name, key, bytes);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failed) {
            throw broken(failed, file);
        }
    }

    /** Twice is harmless: the file is replaced by an equal one. */
    @Override
    public void download(String key, Path into, StepContext context) {
        context.begun(new ObjectCall(READS, Verb.GET, name, key, Condition.NONE, Optional.of(into.toString())));
        Path file = file(key);
        try {
            FileCopy copy =
                    FileCopy.of(file, DurableFiles.partOf(into), new Meter(context, "download", Files.size(file))::add);
            DurableFiles.publish(copy.part(), into);
        } catch (NoSuchFileException missing) {
            throw StorageFailures.notFound(name, key);
        } catch (IOException failed) {
            throw broken(failed, into);
        }
    }

    /** Twice is harmless: link(2) lets only one writer have the name. */
    @Override
    public boolean putIfAbsent(String key, byte[] content, StepContext context) {
        context.begun(new ObjectCall(CHANGES, Verb.PUT, name, key, Condition.IF_ABSENT, Optional.empty()));
        Path target = file(key);
        try {
            if (Files.exists(target)) {
                return false;
            }
            DurableFiles.makeDirectories(parent(target));
            Path part = DurableFiles.partOf(target);
            FileCopy.write(content, part);
            return DurableFiles.publishIfAbsent(part, target);
        } catch (IOException failed) {
            throw broken(failed, target);
        }
    }

    /** Twice is harmless: an equal object is found, another one is refused. */
    @Override
    public Upload upload(Path file, String key, String sha256, StepContext context) {
        context.begun(
                new ObjectCall(CHANGES, Verb.MULTIPART_PUT, name, key, Condition.NONE, Optional.of(file.toString())));
        Path target = file(key);
        try {
            long bytes = Files.size(file);
            if (Files.exists(target)) {
                requireSame(target, key, sha256, new Meter(context, "check", bytes));
                return new Upload(bytes, 1, 1);
            }
            DurableFiles.makeDirectories(parent(target));
            FileCopy copy = FileCopy.of(file, DurableFiles.partOf(target), new Meter(context, "upload", bytes)::add);
            if (!copy.sha256().equals(sha256)) {
                Files.delete(copy.part());
                throw StorageFailures.damaged(file.toString(), copy.sha256(), sha256);
            }
            DurableFiles.publishIfAbsent(copy.part(), target);
            requireSame(target, key, sha256, new Meter(context, "check", bytes));
            return new Upload(bytes, 1, 0);
        } catch (NoSuchFileException missing) {
            throw StorageFailures.notFound(name, missing.getFile());
        } catch (IOException failed) {
            throw broken(failed, target);
        }
    }

    /** Twice is harmless. Folders that become empty go too, but for the top one, where others may be about to write. */
    @Override
    public Deletion delete(String key, StepContext context) {
        begun(context, CHANGES, Verb.DELETE, key);
        Path file = file(key);
        try {
            DurableFiles.delete(file);
            Path top = root.resolve(key.split("/", 2)[0]);
            for (Path folder = parent(file); folder.startsWith(top) && !folder.equals(top); folder = parent(folder)) {
                DurableFiles.delete(folder);
            }
        } catch (DirectoryNotEmptyException othersAreThere) {
            return Deletion.GONE;
        } catch (IOException failed) {
            throw broken(failed, file);
        }
        return Deletion.GONE;
    }

    @Override
    public int abortUnfinished(String prefix, StepContext context) {
        begun(context, CHANGES, Verb.DELETE, prefix);
        int removed = 0;
        for (Path file : files(prefix)) {
            try {
                if (file.toString().endsWith(DurableFiles.PART) && DurableFiles.delete(file)) {
                    removed++;
                }
            } catch (IOException failed) {
                throw broken(failed, file);
            }
        }
        return removed;
    }

    private void requireSame(Path target, String key, String sha256, Meter meter) throws IOException {
        String found = FileHash.sha256(target, meter::add);
        if (!found.equals(sha256)) {
            throw StorageFailures.taken(name, key, "sha256 " + found, "sha256 " + sha256);
        }
    }

    private Optional<StoredObject> describe(String key) {
        Path file = file(key);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new StoredObject(key, Files.size(file), Optional.empty()))
                    : Optional.empty();
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        } catch (IOException failed) {
            throw broken(failed, file);
        }
    }

    private List<Path> files(String prefix) {
        ObjectKeys.requirePrefix(prefix);
        Path start = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        try {
            List<Path> found = new ArrayList<>();
            FileCopy.collect(start, found);
            return found.stream()
                    .filter(file -> keyOf(file).startsWith(prefix))
                    .sorted((one, other) -> keyOf(one).compareTo(keyOf(other)))
                    .toList();
        } catch (IOException failed) {
            throw broken(failed, start);
        }
    }

    private void begun(StepContext context, Access access, Verb verb, String key) {
        context.begun(new ObjectCall(access, verb, name, key, Condition.NONE, Optional.empty()));
    }

    private RuntimeException broken(IOException failed, Path file) {
        return DurableFiles.diskFull(failed, file)
                .<RuntimeException>map(full -> full)
                .orElseGet(() -> StorageFailures.unavailable(name, failed.toString(), failed));
    }

    private Path file(String key) {
        return root.resolve(ObjectKeys.requireKey(key));
    }

    private String keyOf(Path file) {
        return root.relativize(file).toString();
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}
