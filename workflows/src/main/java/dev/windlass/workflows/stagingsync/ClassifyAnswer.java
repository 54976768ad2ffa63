package dev.windlass.workflows.stagingsync;

import java.util.List;

/**
 * @param proposal a whole classification: what people have said already, and guesses for the rest; holds no value of a row
 * @param guesses columns that nobody has looked at
 * @param findings what stands between today's classification and today's schema, each with its hint; empty when a copy can be made by it
 */
public record ClassifyAnswer(String proposal, long guesses, List<String> findings) {
    public ClassifyAnswer {
        findings = List.copyOf(findings);
    }
}
