package dev.windlass.runbooks.dns;

import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.util.ArrayList;
import java.util.List;

/** One record is read and, if it is what it was, changed. A step is a list of these. */
public record RecordChange(HttpCall read, HttpCall change) {
    static List<Effect> of(CloudflareCalls calls, String zoneId, List<RecordMove> moves) {
        List<Effect> effects = new ArrayList<>();
        moves.forEach(move -> {
            effects.add(calls.record(zoneId, move.from().id()));
            effects.add(calls.change(zoneId, move));
        });
        return effects;
    }

    /** The last first, and each from what it became to what it was. */
    static List<Effect> back(CloudflareCalls calls, String zoneId, List<RecordMove> moves) {
        return of(calls, zoneId, backwards(moves));
    }

    public static List<RecordMove> backwards(List<RecordMove> moves) {
        return moves.reversed().stream()
                .map(move -> new RecordMove(move.to(), move.from()))
                .toList();
    }

    public static List<RecordChange> in(List<Effect> effects) {
        List<RecordChange> changes = new ArrayList<>();
        for (int at = 0; at < effects.size(); at += 2) {
            changes.add(new RecordChange((HttpCall) effects.get(at), (HttpCall) effects.get(at + 1)));
        }
        return changes;
    }
}
