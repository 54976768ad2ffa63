package dev.windlass.testbed;

import dev.windlass.testbed.control.Transport;
import dev.windlass.testbed.r2.R2Command;
import java.util.Arrays;
import java.util.List;

/** Starts one double as a process: {@code TestbedMain r2 --data DIR …}. See README.md for the contract. */
public final class TestbedMain {
    private TestbedMain() {}

    public static void main(String[] arguments) throws Exception {
        Transport.prepare();
        List<String> all = Arrays.asList(arguments);
        if (all.isEmpty() || all.contains("--help")) {
            System.out.print("usage: testbed r2 [--name value …]\n\n" + R2Command.HELP);
            return;
        }
        try {
            start(all.getFirst(), all.subList(1, all.size()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\nhint: --help lists the options");
            System.exit(64);
        }
    }

    private static void start(String name, List<String> rest) throws Exception {
        switch (name) {
            case "r2" -> R2Command.run(rest);
            default -> throw new IllegalArgumentException("unknown double '" + name + "', known is r2");
        }
    }
}
