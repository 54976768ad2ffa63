package dev.windlass.workflows.kernel;

import java.util.List;
import java.util.Set;

/** Finds the program that a command is about, behind the programs that only set its user, priority and directory. */
final class Programs {
    private static final Set<String> WRAPPERS = Set.of("setpriv", "nice", "ionice", "env");

    private Programs() {}

    /** Our builders end each wrapper's own options with {@code --}, so the next word is the next program. */
    static String nameIn(List<String> argv) {
        int at = 0;
        while (WRAPPERS.contains(baseName(argv.get(at)))) {
            int end = argv.subList(at, argv.size()).indexOf("--");
            if (end < 0 && baseName(argv.get(at)).equals("env")) {
                return "env"; // alone it prints
            }
            if (end < 0 || at + end + 1 >= argv.size()) {
                throw new IllegalArgumentException("wrapper without -- and a program in " + argv);
            }
            at += end + 1;
        }
        return baseName(argv.get(at));
    }

    private static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
