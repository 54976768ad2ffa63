package dev.windlass.starter.recovery;

import dev.windlass.starter.door.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "recover",
        header = "Get back what was lost: recover vps, recover database, recover dns.",
        description = {
            "%nRows or a whole database from a proven backup or as of a moment, and names that lead to a machine that"
                    + " answers; with the consent of the people that ops.yml names. A machine that is lost comes back by"
                    + " windlass recover vps, which is led from another one: see its own --help."
        },
        footer = {"%nExample:%n  windlass recover database shop --table public.orders --wait"})
public final class RecoverCommand {
    @Mixin
    HelpOption help = new HelpOption();
}
