package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.inventory.SecretsOf;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Windlass as the lost machine had it.
 *
 * @param opsFile where ops.yml came back to
 * @param port of Temporal, on this machine's loopback
 * @param secrets that ops.yml names, each once
 */
public record WindlassOfSet(String opsFile, int port, String namespace, List<SecretReference> secrets) {
    private static final Pattern HERE = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d{1,5})");

    public WindlassOfSet {
        secrets = List.copyOf(secrets);
    }

    /** @return empty where its Temporal was elsewhere: that one may live, and knows its runs */
    public static Optional<WindlassOfSet> of(Operations lost, Manifest manifest) {
        Matcher address = HERE.matcher(lost.temporal().address());
        return address.matches()
                ? Optional.of(new WindlassOfSet(
                        manifest.archive(Archive.OWN).paths().getFirst(),
                        Integer.parseInt(address.group(1)),
                        lost.temporal().namespace(),
                        SecretsOf.operations(lost).stream().distinct().toList()))
                : Optional.empty();
    }
}
