package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Commands on the machine that is recovered, as root. */
final class VpsCommands {
    private static final HostName HERE = new HostName("local");
    private static final SortedMap<String, String> PLAIN = Sorted.of("LC_ALL", "C");

    private VpsCommands() {}

    static Command reads(String... argv) {
        return command(Access.READS, List.of(argv), PLAIN, new Channel.None());
    }

    static Command readsFrom(Channel input, String... argv) {
        return command(Access.READS, List.of(argv), PLAIN, input);
    }

    static Command changes(String... argv) {
        return changes(List.of(argv));
    }

    static Command changes(List<String> argv) {
        return command(Access.CHANGES, argv, PLAIN, new Channel.None());
    }

    static Command fed(Channel input, String... argv) {
        return command(Access.CHANGES, List.of(argv), PLAIN, input);
    }

    static Command fed(Channel input, SortedMap<String, String> environment, List<String> argv) {
        return command(Access.CHANGES, argv, environment, input);
    }

    /** As the user of PostgreSQL. */
    static Command asOwner(String... argv) {
        List<String> words = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + RecoveryPlaces.OWNER,
                "--regid=" + RecoveryPlaces.OWNER,
                "--init-groups",
                "--"));
        words.addAll(List.of(argv));
        return changes(words);
    }

    /** Readable by everybody, whatever the mask of who runs this. */
    static Command write(String file, String text) {
        return fed(new Channel.Text(text), "install", "-m", "0644", "--", "/dev/stdin", file);
    }

    static Command makeDirectory(String directory) {
        return changes("install", "-d", "-m", "0700", "--", directory);
    }

    static Command remove(String... paths) {
        List<String> argv = new ArrayList<>(List.of("rm", "-rf", "--"));
        argv.addAll(List.of(paths));
        return changes(argv);
    }

    private static Command command(
            Access access, List<String> argv, SortedMap<String, String> environment, Channel input) {
        return new Command(access, HERE, argv, environment, Sorted.of(), input, new Channel.None());
    }
}
