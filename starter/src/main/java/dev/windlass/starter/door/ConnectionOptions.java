package dev.windlass.starter.door;

import dev.windlass.starter.runs.TemporalConnection.Wish;
import dev.windlass.workflows.kernel.ClearPayloads;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which Temporal server is meant. */
public final class ConnectionOptions {
    @Option(
            names = "--temporal-address",
            paramLabel = "HOST:PORT",
            description = "Temporal server. Else TEMPORAL_ADDRESS, else ops.yml, else 127.0.0.1:7233.")
    Optional<String> address = Optional.empty();

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Temporal namespace. Else TEMPORAL_NAMESPACE, else ops.yml, else default.")
    Optional<String> namespace = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The ops.yml to take both from. Else WINDLASS_OPS_FILE, else ./ops.yml.")
    Optional<Path> opsFile = Optional.empty();

    public Wish wish() {
        return new Wish(address, namespace, ClearPayloads.REFUSED);
    }
}
