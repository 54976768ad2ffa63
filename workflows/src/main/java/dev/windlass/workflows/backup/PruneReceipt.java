package dev.windlass.workflows.backup;

import java.util.List;

/**
 * @param removed what is gone, one line for each set and store
 * @param kept what retention would have taken but for a reason, with the reason
 * @param later what a bucket lock still protects
 */
public record PruneReceipt(List<String> removed, List<String> kept, List<String> later, long freedBytes) {
    public PruneReceipt {
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        later = List.copyOf(later);
    }

    public static PruneReceipt nothing() {
        return new PruneReceipt(List.of(), List.of(), List.of(), 0);
    }
}
