package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.SetId;
import java.util.List;

/**
 * @param sets that can be recovered from, the best first
 * @param notes what is wrong with others, a line each
 */
public record SetsSeen(List<SetId> sets, List<String> notes) {
    public SetsSeen {
        sets = List.copyOf(sets);
        notes = List.copyOf(notes);
    }
}
