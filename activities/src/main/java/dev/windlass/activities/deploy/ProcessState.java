package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the disk says of an environment: where nginx sends traffic, and which release is in which slot. */
record ProcessState(ProcessLayout layout) {
    Optional<String> upstreamText() {
        return text(upstreamFile());
    }

    /** Where traffic goes. */
    Optional<Colour> servingColour() {
        return upstreamText().flatMap(layout::colourIn);
    }

    /** The renamed file keeps the time at which it was written, right before. */
    Instant switchedAt() {
        try {
            return Files.getLastModifiedTime(upstreamFile()).toInstant();
        } catch (IOException unreadable) {
            throw DeployFailures.unreadable(upstreamFile(), unreadable);
        }
    }

    /** Empty when nothing was ever deployed to the slot that traffic goes to. */
    Optional<Serving> serving() {
        return servingColour().flatMap(colour -> releaseIn(colour).map(release -> new Serving(colour, release)));
    }

    Optional<Release> releaseIn(Colour colour) {
        Path link = Path.of(layout.slot(colour));
        try {
            Path holds = Files.readSymbolicLink(link);
            Path release = link.resolveSibling(holds).normalize();
            return Optional.of(
                    identity(release).orElseThrow(() -> DeployFailures.slotUnknown(layout, colour, holds.toString())));
        } catch (NoSuchFileException neverUsed) {
            return Optional.empty();
        } catch (IOException notALink) {
            throw DeployFailures.unreadable(link, notALink);
        }
    }

    /** The releases on the disk, whole ones only, in the order of their names. */
    List<Release> releases() {
        List<Release> releases = new ArrayList<>();
        for (Path directory : directories()) {
            identity(directory).ifPresent(releases::add);
        }
        return releases;
    }

    /** Also remainders of unpacking, which begin with a point. */
    List<Path> directories() {
        Path releases = Path.of(layout.releases());
        if (!Files.isDirectory(releases)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(releases)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException unreadable) {
            throw DeployFailures.unreadable(releases, unreadable);
        }
    }

    private static Optional<Release> identity(Path directory) {
        Path file = directory.resolveSibling(directory.getFileName() + ".json");
        return Files.isDirectory(directory) ? text(file).map(json -> parse(file, json)) : Optional.empty();
    }

    private static Release parse(Path file, String json) {
        try {
            return PayloadJson.read(json, Release.class);
        } catch (JsonProcessingException broken) {
            throw DeployFailures.unreadable(file, new IOException(broken.getOriginalMessage()));
        }
    }

    static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw DeployFailures.unreadable(file, unreadable);
        }
    }

    private Path upstreamFile() {
        return Path.of(layout.target().nginx().upstreamFile());
    }
}
