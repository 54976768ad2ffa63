package dev.windlass.starter.door;

import picocli.CommandLine.Option;

/** {@code --wait}. */
public final class WaitOption {
    @Option(names = "--wait", description = "Stay until the run ends, show its progress, exit with its outcome.")
    boolean wait;

    /** For a command whose answer is the outcome itself. */
    public static WaitOption always() {
        WaitOption option = new WaitOption();
        option.wait = true;
        return option;
    }
}
