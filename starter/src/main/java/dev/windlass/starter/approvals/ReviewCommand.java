package dev.windlass.starter.approvals;

import dev.windlass.starter.door.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "review",
        header = "Reviews of approvals that somebody gave alone.",
        description = {"%nA review is opened when the glass is broken, and listed until somebody else has looked at it."
        },
        footer = {"%nExample:%n  windlass review close review-3f9c12ab"})
public final class ReviewCommand {
    @Mixin
    HelpOption help = new HelpOption();
}
