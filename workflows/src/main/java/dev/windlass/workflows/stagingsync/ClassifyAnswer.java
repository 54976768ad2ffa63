package dev.windlass.workflows.stagingsync;

import java.util.List;
import java.util.Optional;

/**
 * @param proposal a whole classification: what people have said already, and guesses for the rest; holds no value of a row
 * @param guesses columns that nobody has looked at
 * @param findings what stands between today's classification and today's schema, each with its hint; empty when a copy can be made by it
 * @param views the script that makes the masked views, where ops.yml names a reader and nothing stands in the way
 */
public record ClassifyAnswer(String proposal, long guesses, List<String> findings, Optional<String> views) {
    public ClassifyAnswer {
        findings = List.copyOf(findings);
    }
}
