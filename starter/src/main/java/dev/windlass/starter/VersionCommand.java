package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "version",
        header = "Print the versions of Windlass and of the Java it runs on.",
        description = "%nBoth belong into a bug report.",
        footer = {"%nExample:%n  windlass version"})
final class VersionCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    VersionCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        door.out()
                .println("windlass " + version + ", Java " + System.getProperty("java.version") + " "
                        + System.getProperty("java.vm.vendor"));
        door.out().flush();
        return 0;
    }
}
