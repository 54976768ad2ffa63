package dev.windlass.activities.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileReading;
import dev.windlass.activities.files.FileWalk;
import dev.windlass.activities.files.InventoryComparison;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.recovery.PlacingEffects;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.PlacedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of a set, at the places that they had. They are unpacked and compared elsewhere first. Safe to run twice: a note
 * tells that they are whole there, and what has its place already is not moved again.
 */
final class FilePlacing {
    private final BackupParts parts;
    private final RecoveryPlaces places;
    private final Manifest manifest;
    private final ArchiveSummary archive;
    private final StepContext context;

    FilePlacing(
            BackupParts parts, RecoveryPlaces places, Manifest manifest, ArchiveSummary archive, StepContext context) {
        this.parts = parts;
        this.places = places;
        this.manifest = manifest;
        this.archive = archive;
        this.context = context;
    }

    PlacedFiles place(Step step) {
        parts.shell().fence(context);
        try {
            OwnerNames owners = OwnerNames.in(inventory());
            Step known = step.fill(Slots.of(PlacingEffects.OWNERS, owners.lines()));
            List<String> notes = new ArrayList<>(owners.notes());
            ArchiveProof comparison = unpacked(known);
            for (Command move : known.commands("mv")) {
                move(known, move).ifPresent(notes::add);
            }
            run(known.commands("rm").getLast());
            return new PlacedFiles(comparison, notes);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, Path.of(places.unpacked(archive.archive())));
        }
    }

    /** What the files were like when they lay there whole, by this attempt or the one before. */
    private ArchiveProof unpacked(Step step) throws IOException {
        Path note = Path.of(
                places.unpacked(archive.archive()) + "." + context.token().abbreviated() + ".json");
        if (Files.exists(note)) {
            return read(note);
        }
        long since = System.nanoTime();
        run(step.commands("rm").getFirst());
        run(step.command("install"));
        run(step.command("systemd-sysusers"));
        run(step.command("tar"));
        ArchiveProof proof = compare(since);
        Path part = DurableFiles.partOf(note);
        try (FileChannel channel = DurableFiles.create(part)) {
            channel.write(ByteBuffer.wrap(PayloadJson.canonical(proof).getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        DurableFiles.publish(part, note);
        return proof;
    }

    private static ArchiveProof read(Path note) throws IOException {
        try {
            return PayloadJson.read(Files.readString(note), ArchiveProof.class);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private ArchiveProof compare(long since) throws IOException {
        try (BufferedReader lines = inventory()) {
            InventoryComparison comparison = new InventoryComparison(lines, true);
            reading(Path.of(places.unpacked(archive.archive()))).read(List.of(""), comparison);
            comparison.finish();
            return new ArchiveProof(
                    archive.archive(),
                    comparison.compared(),
                    comparison.bytes(),
                    comparison.moving(),
                    comparison.count(),
                    comparison.differences(),
                    Duration.ofNanos(System.nanoTime() - since));
        }
    }

    /** @return what lay in the way, and how it is called now */
    private Optional<String> move(Step step, Command move) throws IOException {
        Path from = Path.of(move.argv().get(move.argv().size() - 2));
        Path to = Path.of(move.argv().getLast());
        if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS) || isSame(to)) {
            return Optional.empty(); // the attempt before has moved it, or it was archived while it went
        }
        run(makingFolderOf(step, move));
        List<Path> before = kept(to);
        run(move);
        return kept(to).stream()
                .filter(each -> !before.contains(each))
                .findFirst()
                .map(each -> to + " was there already and differed: it is " + each + " now");
    }

    private static Command makingFolderOf(Step step, Command move) {
        return (Command) step.effects().get(step.effects().indexOf(move) - 1);
    }

    private static List<Path> kept(Path of) throws IOException {
        try (Stream<Path> siblings = Files.list(Objects.requireNonNull(of.getParent()))) {
            String start = of.getFileName() + ".~";
            return siblings.filter(each -> each.getFileName().toString().startsWith(start))
                    .toList();
        }
    }

    private boolean isSame(Path placed) throws IOException {
        if (!Files.exists(placed, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        String path = placed.toString().substring(1);
        return listing(Path.of("/"), path).equals(listing(Path.of(places.unpacked(archive.archive())), path));
    }

    private String listing(Path root, String path) throws IOException {
        Listing listing = new Listing();
        reading(root).read(List.of(path), listing);
        return listing.hash();
    }

    /** Nothing counts as moving: nobody but this step writes there. */
    private FileReading reading(Path root) {
        return new FileReading(
                new FileWalk(root, List.of()),
                Instant.MAX,
                bytes -> context.pulse()
                        .beat(new Progress(
                                "compare files",
                                0,
                                Optional.empty(),
                                "bytes",
                                archive.archive().value())));
    }

    private BufferedReader inventory() throws IOException {
        Channel.OpenedFile file = new Channel.OpenedFile(
                places.backups() + "/"
                        + manifest.artefact(Artefact.Kind.INVENTORY, archive.archive())
                                .key(),
                places.identity());
        return new BufferedReader(new InputStreamReader(parts.sealedFiles().open(file), StandardCharsets.UTF_8));
    }

    private void run(Command command) {
        CommandResult result = parts.shell().run(command, context);
        result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
    }
}
