package dev.windlass.worker.recovery;

import dev.windlass.workflows.recovery.TargetMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Which key the target has: given with {@code --host-key}, or shown to the person who is asked once. From then on it is the
 * only one that ssh accepts. A set with all data of the team goes to that machine, so nothing is trusted unseen.
 */
final class HostKeys {
    /** ssh looks its key up under this name, whatever address the machine has. */
    static final String ALIAS = "windlass-target";

    private static final String FILE = "known_hosts";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LeadHome home;
    private final Predicate<String> person;

    /** @param person answers a question with yes or no; no where nobody can be asked */
    HostKeys(LeadHome home, Predicate<String> person) {
        this.home = home;
        this.person = person;
    }

    /** @param given a fingerprint such as {@code SHA256:…} */
    void pin(TargetMachine target, Optional<String> given) {
        Optional<HostKey> pinned = home.read(FILE).flatMap(HostKey::parse);
        if (pinned.isPresent()) {
            requireSame(pinned.get(), given);
            return;
        }
        List<HostKey> offered = offered(target);
        HostKey key = given.isPresent() ? find(offered, given.get(), target) : ask(offered.getFirst(), target);
        home.write(FILE, ALIAS + " " + key.type() + " " + key.blob() + "\n");
    }

    private void requireSame(HostKey pinned, Optional<String> given) {
        if (given.filter(fingerprint -> !fingerprint.equals(pinned.fingerprint()))
                .isPresent()) {
            throw new LaunchRefusedException(
                    "the recovery in " + home.directory() + " is of a machine with host key " + pinned.fingerprint()
                            + ", not " + given.get(),
                    "recover another machine with a --state of its own");
        }
    }

    private static HostKey find(List<HostKey> offered, String fingerprint, TargetMachine target) {
        return offered.stream()
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst()
                .orElseThrow(() -> new LaunchRefusedException(
                        target.host() + " has no host key " + fingerprint + ", but "
                                + String.join(
                                        ", ",
                                        offered.stream()
                                                .map(HostKey::fingerprint)
                                                .toList()),
                        "compare with what the provider's console shows (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub):"
                                + " it may be another machine"));
    }

    private HostKey ask(HostKey key, TargetMachine target) {
        String question = "host key of " + target.host() + ": " + key.type() + " " + key.fingerprint()
                + "\nIs this the machine? All data of the set goes there.";
        if (!person.test(question)) {
            throw new LaunchRefusedException(
                    "nobody has said that host key " + key.fingerprint() + " is that of " + target.host(),
                    "compare it with the provider's console, then start again with --host-key " + key.fingerprint());
        }
        return key;
    }

    private static List<HostKey> offered(TargetMachine target) {
        List<HostKey> keys = new ArrayList<>(scan(target));
        keys.sort(Comparator.comparingInt(HostKey::rank));
        if (keys.isEmpty()) {
            throw new LaunchRefusedException(
                    "no SSH server answers at " + target.host() + " port " + target.port(),
                    "see whether the machine runs, and whether its firewall lets this one in",
                    ExitCodes.OUTSIDE);
        }
        return keys;
    }

    private static List<HostKey> scan(TargetMachine target) {
        List<String> words = List.of(
                "ssh-keyscan",
                "-T",
                Long.toString(PATIENCE.toSeconds()),
                "-p",
                Integer.toString(target.port()),
                target.host());
        try {
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return said.lines().map(HostKey::parse).flatMap(Optional::stream).toList();
        } catch (IOException missing) {
            throw new LaunchRefusedException(
                    "ssh-keyscan cannot be run: " + missing.getMessage(), "install the package openssh-client");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while host keys were asked for", stopping);
        }
    }
}
