package dev.windlass.worker.recovery;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.recovery.DatabasesFrom;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Purpose;
import dev.windlass.workflows.recovery.TargetMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person says to {@code windlass recover vps}.
 *
 * @param state where the launcher keeps its work
 * @param from where the databases come from
 * @param to up to which WAL is replayed
 * @param budget how long the recovery may take
 */
record LaunchArguments(
        TargetMachine target,
        Path credential,
        String reason,
        String person,
        Optional<SetId> set,
        Optional<String> hostKey,
        Optional<Path> sshKey,
        Claiming claiming,
        Duration budget,
        Path state,
        Form form,
        DatabasesFrom from,
        Optional<Instant> to,
        Purpose purpose) {
    enum Form {
        TEXT,
        JSON
    }

    static final String HELP = """
            Usage: windlass recover vps [USER@]HOST[:PORT] --credential FILE --break-glass REASON [OPTIONS]

            Brings the lost server back on a bare Debian or Ubuntu machine, from a proven set in the bucket: packages, files,
            Redis, PostgreSQL. Where pgBackRest protected the cluster, that is restored up to the last moment that was
            archived; else its databases come from the set. Where the set holds nginx's configuration, nginx and the apps that
            ran behind it as processes are started and asked. Leads from this machine, with a Temporal of its own; needs
            nothing of what was lost. Whatever ends it, the same words again go on where it was.

            HOST must let you in by SSH: as root, or as USER who may sudo without a password.

                  --credential FILE     What opens the bucket and the sets; FILE with mode 0600, see
                                        runbooks/recover-vps.md.
                  --break-glass REASON  Why the machine is recovered. Nobody else is asked: it is written into the
                                        bucket and shown.
                  --set ID              This set, and the databases as it has them. Else the newest proven one, and the one
                                        before where that is damaged.
                  --to TIME             The databases as they were then, such as 2026-11-29T14:05:00Z: after a bad delete.
                  --databases-from-set  Not from pgBackRest's repository, even where it has later ones.
                  --host-key SHA256:…   The machine's host key, as its provider shows it. Else it is shown, and you are
                                        asked.
                  --ssh-key FILE        The key that logs in. Else as ssh finds it.
                  --rehearse            Nothing is lost: HOST is thrown away afterwards, and the machine that lives goes on
                                        making backups. Windlass itself is not installed there. Apps are started, with
                                        what they have of production: read runbooks/recover-vps.md#rehearse-it first.
                  --take-over           Another recovery from this bucket is given up, or its laptop is lost.
                  --budget TIME         How long it may take, such as 45m or 2h; only told, never enforced. Default: 1h.
                  --person NAME         Who you are. Default: your login.
                  --state DIR           Where this machine keeps its work. Default: ${XDG_STATE_HOME:-~/.local/state}
                                        and there windlass/recover-vps.
                  --json                Print the outcome as JSON; progress goes to standard error.
              -h, --help                Show this help and exit.

            Example:
              windlass recover vps root@203.0.113.9 --credential ~/recovery.env --break-glass "the disk is gone"
              windlass plan recover vps        every command, for doing it by hand

            Exit codes: 0 recovered · 2 wrong usage · 3 refused · 5 another launcher works here · 6 something outside
            failed · 7 a set is damaged or differs · 8 the run was ended · 9 recovered, and nginx or an app does
            not serve · 130 Ctrl-C; the run goes on
            """;

    private static final Pattern TARGET =
            Pattern.compile("(?:([^@]+)@)?(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,4})(m|h)");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    static LaunchArguments parse(List<String> words, Map<String, String> environment) {
        return new Parsing(new ArrayDeque<>(words), environment).all();
    }

    static LaunchRefusedException wrong(String fact) {
        return new LaunchRefusedException(fact, "windlass recover vps --help", ExitCodes.USAGE);
    }

    private static final class Parsing {
        private final Deque<String> words;
        private final Map<String, String> environment;
        private Optional<TargetMachine> target = Optional.empty();
        private Optional<Path> credential = Optional.empty();
        private Optional<String> reason = Optional.empty();
        private String person;
        private Optional<SetId> set = Optional.empty();
        private Optional<String> hostKey = Optional.empty();
        private Optional<Path> sshKey = Optional.empty();
        private Claiming claiming = Claiming.IF_FREE;
        private Duration budget = Duration.ofHours(1);
        private Path state;
        private Form form = Form.TEXT;
        private DatabasesFrom from = DatabasesFrom.CLUSTER_FIRST;
        private Optional<Instant> to = Optional.empty();
        private Purpose purpose = Purpose.RECOVERY;

        Parsing(Deque<String> words, Map<String, String> environment) {
            this.words = words;
            this.environment = environment;
            this.person = environment.getOrDefault("SUDO_USER", environment.getOrDefault("USER", "unknown"));
            this.state = home().resolve("windlass/recover-vps");
        }

        LaunchArguments all() {
            while (!words.isEmpty()) {
                take(words.removeFirst());
            }
            if (to.isPresent() && from == DatabasesFrom.SET) {
                throw wrong("--to and --databases-from-set say different things");
            }
            return new LaunchArguments(
                    target.orElseThrow(() -> wrong("the machine to recover onto is missing")),
                    credential.orElseThrow(() -> wrong("--credential is missing")),
                    reason.orElseThrow(() -> wrong("--break-glass is missing: say why the machine is recovered")),
                    person,
                    set,
                    hostKey,
                    sshKey,
                    claiming,
                    budget,
                    state,
                    form,
                    // Who names a set wants what it has, unless a moment is named as well.
                    set.isPresent() && to.isEmpty() ? DatabasesFrom.SET : from,
                    to,
                    purpose);
        }

        private void take(String word) {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            if (equals > 0) {
                words.addFirst(word.substring(equals + 1));
            }
            String name = equals > 0 ? word.substring(0, equals) : word;
            switch (name) {
                case "--credential" -> credential = Optional.of(Path.of(value(name)));
                case "--break-glass" -> reason = Optional.of(value(name));
                case "--set" -> set = Optional.of(refusing(() -> new SetId(value(name))));
                case "--host-key" -> hostKey = Optional.of(fingerprint(value(name)));
                case "--ssh-key" -> sshKey = Optional.of(Path.of(value(name)));
                case "--to" -> to = Optional.of(moment(value(name)));
                case "--databases-from-set" -> from = DatabasesFrom.SET;
                case "--rehearse" -> purpose = Purpose.REHEARSAL;
                case "--take-over" -> claiming = Claiming.TAKE_OVER;
                case "--budget" -> budget = time(value(name));
                case "--person" -> person = value(name);
                case "--state" -> state = Path.of(value(name));
                case "--json" -> form = Form.JSON;
                default -> target = Optional.of(machine(name));
            }
        }

        private String value(String name) {
            if (words.isEmpty() || words.getFirst().isBlank()) {
                throw wrong(name + " needs a value");
            }
            return words.removeFirst();
        }

        private TargetMachine machine(String word) {
            if (word.startsWith("-")) {
                throw wrong("unknown option " + word);
            }
            if (target.isPresent()) {
                throw wrong("one machine is recovered at a time, and \"" + word + "\" is a second one");
            }
            Matcher found = TARGET.matcher(word);
            if (!found.matches()) {
                throw wrong("\"" + word + "\" is not [USER@]HOST[:PORT]");
            }
            String host = found.group(2).replace("[", "").replace("]", "");
            String user = found.group(1) == null ? "root" : found.group(1);
            int port = found.group(3) == null ? 22 : Integer.parseInt(found.group(3));
            return refusing(() -> new TargetMachine(host, port, user));
        }

        private static String fingerprint(String word) {
            if (!FINGERPRINT.matcher(word).matches()) {
                throw wrong("\"" + word + "\" is not a host key such as SHA256: and 43 more");
            }
            return word;
        }

        private static Duration time(String word) {
            Matcher found = TIME.matcher(word);
            if (!found.matches() || Integer.parseInt(found.group(1)) == 0) {
                throw wrong("\"" + word + "\" is not a time such as 45m or 2h");
            }
            long amount = Long.parseLong(found.group(1));
            return found.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofMinutes(amount);
        }

        private static Instant moment(String word) {
            try {
                return OffsetDateTime.parse(word).toInstant();
            } catch (DateTimeParseException unreadable) {
                throw wrong("\"" + word + "\" is not a moment such as 2026-11-29T14:05:00Z");
            }
        }

        private static <T> T refusing(java.util.function.Supplier<T> made) {
            try {
                return made.get();
            } catch (IllegalArgumentException refused) {
                throw wrong(String.valueOf(refused.getMessage()));
            }
        }

        private Path home() {
            String given = environment.getOrDefault("XDG_STATE_HOME", "");
            return given.isEmpty()
                    ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")), ".local/state")
                    : Path.of(given);
        }
    }
}
