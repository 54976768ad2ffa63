package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.TargetMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What the machine that leads a recovery types to reach the one that is recovered. Slots, known to the launcher only: {@value
 * #STATE} its state directory without the first slash, {@value #KIT} the kit's id, {@value #TEMPORAL} its Temporal's port.
 *
 * <p>How ssh gets there (key, pinned host key, time limits) stands in a file of the launcher's, so that a line here is what a
 * person would type. Each connects anew: a shared connection would outlive a launcher that is killed.
 */
public record SshCommands(TargetMachine target) {
    public static final String STATE = "state";
    public static final String KIT = "kit";
    public static final String TEMPORAL = "temporal";

    /** Of Temporal's program, as it is sent. */
    public static final String SERVER = "server";

    /** An sshd process of the target's that still has the tunnel's port, for a launcher that is gone. */
    public static final String SSHD = "sshd";

    /** Of the target's worker. */
    public static final String UNIT = "windlass-recovery";

    /** Both ends of the tunnel are on a loopback address; this is the target's. */
    public static final int TUNNEL = 17233;

    /** The worker as it is started on the target; another main class in the worker's jar. */
    public static final String MAIN = "dev.windlass.worker.recovery.TargetWorker";

    private static final String LOGGING = "dev/windlass/worker/recovery/logback.xml";

    static final String PLACE = "/var/lib/windlass-recovery-kit";

    private static final String HERE = "/{" + STATE + "}";
    private static final String CONFIGURATION = HERE + "/ssh_config";
    private static final String TAR = PLACE + "/{" + KIT + "}.tar";
    private static final String UNPACKED = PLACE + "/{" + KIT + "}";

    /** sshd hands the words to a shell: none may mean anything to one. Slots are filled with harmless ones. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+=:,./{}-]+");

    /** What the machine is, in this order: os-release, its processor, its memory, whether systemd runs it. */
    public List<Effect> reach() {
        return List.of(
                there(Access.READS, "cat", "/etc/os-release"),
                there(Access.READS, "uname", "--machine"),
                there(Access.READS, "cat", "/proc/meminfo"),
                there(Access.READS, "test", "-d", "/run/systemd/system").tolerating(1));
    }

    /** See {@link KitEffects}. */
    public List<Effect> sendKit() {
        return send("kit.tar", TAR, UNPACKED);
    }

    /** Temporal's program, when all else is done: nobody waits for it. See {@link KitEffects}. */
    public List<Effect> sendTemporal() {
        return send("temporal.tar", PLACE + "/{" + SERVER + "}.tar", PLACE + "/{" + SERVER + "}");
    }

    private List<Effect> send(String file, String tar, String unpacked) {
        List<Effect> effects = new ArrayList<>();
        effects.add(there(Access.READS, "test", "-d", unpacked).tolerating(1));
        effects.add(there(Access.CHANGES, "install", "-d", "-m", "0755", PLACE));
        effects.add(there(Access.CHANGES, "touch", tar));
        effects.add(there(Access.READS, "stat", "--format=%s", tar));
        // What has arrived is not sent again.
        effects.add(command(
                Access.CHANGES,
                sftp(),
                new Channel.Text("reput " + HERE + "/" + file + " " + tar + "\n"),
                new Channel.None()));
        effects.add(there(Access.READS, "sha256sum", tar));
        effects.add(there(Access.CHANGES, "rm", "-f", tar));
        effects.add(
                there(Access.CHANGES, "tar", "--extract", "--file=" + tar, "--one-top-level=" + unpacked + ".part"));
        effects.add(there(Access.CHANGES, "mv", "--no-target-directory", unpacked + ".part", unpacked));
        effects.add(there(Access.CHANGES, "rm", "-f", tar));
        return effects;
    }

    /**
     * Through standard input, out of the launcher's state directory.
     *
     * @param authority whether the bucket's certificate is signed by one that the credential names
     */
    public List<Effect> putSecrets(Authority authority) {
        List<String> files =
                new ArrayList<>(List.of(RecoveryFiles.ACCESS_KEY, RecoveryFiles.SECRET_KEY, RecoveryFiles.IDENTITY));
        if (authority == Authority.PRIVATE) {
            files.add(RecoveryFiles.AUTHORITY);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(there(Access.CHANGES, "install", "-d", "-m", "0700", RecoveryFiles.DIRECTORY));
        for (String file : files) {
            effects.add(command(
                    Access.CHANGES,
                    words("install", "-m", "0600", "/dev/stdin", file),
                    new Channel.PlainFile(HERE + "/" + secret(file)),
                    new Channel.None()));
        }
        return effects;
    }

    /** @return where a file of the target's lies in the state directory until it is sent */
    public static String secret(String file) {
        return "secrets" + file.substring(RecoveryFiles.DIRECTORY.length());
    }

    /** See {@link LinkEffects}. */
    public List<Effect> link() {
        return List.of(
                there(Access.READS, "systemctl", "show", "--property=ActiveState", "--value", UNIT),
                startWorker(),
                there(Access.READS, "ss", "-Htlnp", "sport", "=", ":" + TUNNEL),
                there(Access.CHANGES, "kill", "{" + SSHD + "}"),
                tunnel());
    }

    /** The worker goes first: with it goes whatever reads the secrets. */
    public List<Effect> close() {
        return List.of(
                // 5: there is no such unit.
                there(Access.CHANGES, "systemctl", "stop", UNIT).tolerating(5),
                there(Access.CHANGES, "rm", "-rf", RecoveryFiles.DIRECTORY, RecoveryFiles.REPOSITORY, PLACE));
    }

    private Command startWorker() {
        return there(
                Access.CHANGES,
                "systemd-run",
                "--unit=" + UNIT,
                "--collect",
                // Whatever ends it, such as a Temporal that does not answer for long.
                "--property=Restart=always",
                "--property=RestartSec=2",
                "--property=KillMode=mixed",
                UNPACKED + "/jdk/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + LOGGING,
                "-Dloader.main=" + MAIN,
                "-cp",
                UNPACKED + "/worker.jar",
                "org.springframework.boot.loader.launch.PropertiesLauncher");
    }

    private Command tunnel() {
        List<String> argv = new ArrayList<>(connection("ssh"));
        argv.addAll(List.of(
                "-N",
                "-T",
                "-o",
                "ExitOnForwardFailure=yes",
                "-R",
                "127.0.0.1:" + TUNNEL + ":127.0.0.1:{" + TEMPORAL + "}",
                address()));
        return command(Access.CHANGES, argv, new Channel.None(), new Channel.None());
    }

    private List<String> sftp() {
        List<String> argv = new ArrayList<>(List.of("sftp", "-q", "-b", "-", "-F", CONFIGURATION));
        if (target.port() != 22) {
            argv.addAll(List.of("-P", Integer.toString(target.port())));
        }
        if (!isRoot()) {
            argv.addAll(List.of("-s", "sudo -n /usr/lib/openssh/sftp-server"));
        }
        argv.add(target.host().contains(":") ? target.user() + "@[" + target.host() + "]" : address());
        return argv;
    }

    private Command there(Access access, String... words) {
        return command(access, words(words), new Channel.None(), new Channel.None());
    }

    private List<String> words(String... words) {
        List<String> argv = new ArrayList<>(connection("ssh"));
        argv.addAll(List.of("-T", address()));
        if (!isRoot()) {
            argv.addAll(List.of("sudo", "-n"));
        }
        for (String word : words) {
            if (!HARMLESS.matcher(word).matches()) {
                throw new IllegalArgumentException("\"" + word + "\" may mean something to the shell of the target");
            }
            argv.add(word);
        }
        return argv;
    }

    private List<String> connection(String program) {
        List<String> argv = new ArrayList<>(List.of(program, "-F", CONFIGURATION));
        if (target.port() != 22) {
            argv.addAll(List.of("-p", Integer.toString(target.port())));
        }
        return argv;
    }

    private String address() {
        return target.user() + "@" + target.host();
    }

    private boolean isRoot() {
        return target.user().equals("root");
    }

    private static Command command(Access access, List<String> argv, Channel input, Channel output) {
        SortedMap<String, SecretReference> noSecrets = Sorted.of();
        return new Command(access, new HostName("local"), argv, Sorted.of(), noSecrets, input, output);
    }
}
