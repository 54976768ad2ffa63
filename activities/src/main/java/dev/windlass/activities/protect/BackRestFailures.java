package dev.windlass.activities.protect;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what pgBackRest's words mean. Exit codes: src/build/error/error.yaml of pgBackRest. */
final class BackRestFailures {
    private static final int CHECKSUM = 26;
    private static final int FORMAT = 29;
    private static final int HOST_CONNECT = 49;
    private static final int LOCK_ACQUIRE = 50;
    private static final int FILE_MISSING = 55;
    private static final int ARCHIVE_TIMEOUT = 82;
    private static final int CRYPTO = 95;

    /** Of another error that {@code info} names. */
    private static final int UNKNOWN = 125;

    private static final Pattern NAMED = Pattern.compile("\\[(\\w+)Error] .*");

    private BackRestFailures() {}

    static ApplicationFailure of(CommandResult result, Cluster cluster) {
        List<String> lines = lines(result);
        return of(result.exitCode(), words(result, lines), String.join("\n", lines), cluster);
    }

    /**
     * What pgBackRest says of a file of a backup that is not what was written: another checksum, a compressed stream or a
     * cipher that breaks off, a file that is gone. A certificate that is refused is a CryptoError too, and no damage.
     */
    static Optional<String> damage(CommandResult result) {
        List<String> lines = lines(result);
        boolean isOfTheFiles = Set.of(CHECKSUM, FORMAT, FILE_MISSING, CRYPTO).contains(result.exitCode())
                && lines.stream().noneMatch(BackRestFailures::isAboutACertificate);
        return isOfTheFiles ? Optional.of(words(result, lines)) : Optional.empty();
    }

    private static List<String> lines(CommandResult result) {
        return Stream.concat(result.errorTail().stream(), result.output().stream())
                .map(String::strip)
                .toList();
    }

    private static String words(CommandResult result, List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("ERROR: ["))
                .findFirst()
                .orElseGet(() -> "it ended with exit code " + result.exitCode() + " and printed no error");
    }

    /** {@code info} ends with 0 whatever happened, and says what did in its answer: {@code [CryptoError] unable to …}. */
    static ApplicationFailure told(String message, Cluster cluster) {
        String words = message.lines().findFirst().orElse("it named no error");
        Matcher named = NAMED.matcher(words);
        int code = switch (named.matches() ? named.group(1) : "") {
            case "Checksum" -> CHECKSUM;
            case "Format" -> FORMAT;
            case "HostConnect" -> HOST_CONNECT;
            case "Crypto" -> CRYPTO;
            default -> UNKNOWN;
        };
        return of(code, words, message, cluster);
    }

    /**
     * Decrypted with another passphrase, a file has no padding at its end, which is a CryptoError; where pgBackRest has
     * parsed a line of what came out by then, it is a FormatError, and once in a while the checksum is the first that
     * does not fit. A certificate that is refused is a CryptoError too.
     */
    private static boolean isNotReadableByThisPassphrase(int code, String all) {
        return (code == CRYPTO && !isAboutACertificate(all))
                || ((code == FORMAT || code == CHECKSUM) && all.contains("unable to load info file"));
    }

    private static ApplicationFailure of(int code, String words, String all, Cluster cluster) {
        if (code == LOCK_ACQUIRE) {
            return failure(
                    FailureType.LOCKED,
                    "another pgbackrest is at work on stanza " + cluster.stanza() + ": " + words,
                    "let it end; see who started it with ps",
                    "pgbackrest-busy");
        }
        if (all.contains("HTTP request failed with 403") || all.contains("HTTP request failed with 401")) {
            return failure(
                    FailureType.STORAGE_REFUSED,
                    "store " + cluster.store() + " refuses the key of pgBackRest: " + words,
                    "give the store a key that may read and write this bucket, then start this again",
                    "bucket-refuses-us");
        }
        if (all.contains("NoSuchBucket")) {
            return failure(
                    FailureType.STORAGE_REFUSED,
                    "store " + cluster.store() + " has no such bucket: " + words,
                    "correct the key bucket of the store, or make the bucket",
                    "bucket-refuses-us");
        }
        if (isNotReadableByThisPassphrase(code, all)) {
            return failure(
                    FailureType.WRONG_IDENTITY,
                    "the repository of stanza " + cluster.stanza() + " cannot be read with this passphrase: " + words,
                    "give the cluster the passphrase that the repository was made with; a new one needs a new stanza",
                    "wrong-passphrase");
        }
        if (all.contains("HTTP request failed with 429")) {
            return failure(
                    FailureType.STORAGE_UNAVAILABLE,
                    "store " + cluster.store() + " asks for fewer requests: " + words,
                    "nothing to do: the step is tried again after a while",
                    "r2");
        }
        if (code == ARCHIVE_TIMEOUT) {
            // PostgreSQL has tried all that time: once more is of no use.
            return failure(
                    FailureType.TARGET_UNAVAILABLE,
                    "no WAL segment reached the repository in time: " + words,
                    "look into PostgreSQL's log for what archive_command says",
                    "archiving-fails");
        }
        if (code == HOST_CONNECT || all.contains("HTTP request failed with 5") || isAboutTheNet(all)) {
            return failure(
                    FailureType.STORAGE_UNAVAILABLE,
                    "store " + cluster.store() + " does not answer pgBackRest: " + words,
                    "check endpoint, name resolution and certificate of the store from this machine",
                    "bucket-unreachable");
        }
        return failure(
                FailureType.COMMAND_FAILED,
                "pgbackrest failed: " + words,
                "look at the whole output: windlass logs",
                "pgbackrest-failed");
    }

    private static boolean isAboutTheNet(String words) {
        return Stream.of(
                                "unable to connect to",
                                "unable to get address for",
                                "unable to find hostname",
                                "timeout connecting")
                        .anyMatch(words::contains)
                || isAboutACertificate(words);
    }

    private static boolean isAboutACertificate(String words) {
        return words.contains("certificate") || words.contains("TLS");
    }

    static ApplicationFailure tooLong(Command command, Duration limit, Cluster cluster) {
        return failure(
                FailureType.STORAGE_UNAVAILABLE,
                "pgbackrest " + command.argv().getLast() + " did not end within " + Quantities.time(limit)
                        + " and was killed; store " + cluster.store() + " may not answer",
                "check endpoint, name resolution and certificate of the store from this machine",
                "bucket-unreachable");
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return ProtectFailures.failure(type, fact, hint, place, null);
    }
}
