package dev.windlass.starter.terminal;

import dev.windlass.starter.runs.ActivityState;
import dev.windlass.starter.runs.RunState;
import dev.windlass.workflows.kernel.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The phases that are under way, in the order they began, and what changed since the last look. */
final class Phases {
    private record Key(String activity, String phase) {}

    private final Map<Key, Phase> current = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new LinkedHashMap<>();
    private String stage = "";

    /** What a look brought. */
    record Change(Optional<String> newStage, List<Phase> finished, List<Phase> begun, List<String> retries) {}

    Change look(RunState state, Instant now) {
        List<String> retries = retries(state);
        List<Phase> begun = new ArrayList<>();
        Set<Key> present = new HashSet<>();
        for (ActivityState activity : state.activities()) {
            activity.progress().ifPresent(progress -> {
                Key key = new Key(activity.id(), progress.phase());
                present.add(key);
                advance(key, progress, now).ifPresent(begun::add);
            });
        }
        return new Change(newStage(state), dropAllBut(present), begun, retries);
    }

    Collection<Phase> current() {
        return current.values();
    }

    String stage() {
        return stage;
    }

    private Optional<Phase> advance(Key key, Progress progress, Instant now) {
        Phase known = current.get(key);
        if (known != null) {
            known.advance(progress, now);
            return Optional.empty();
        }
        Phase phase = new Phase(progress, now);
        current.put(key, phase);
        return Optional.of(phase);
    }

    private List<Phase> dropAllBut(Set<Key> present) {
        List<Phase> finished = new ArrayList<>();
        for (Iterator<Map.Entry<Key, Phase>> each = current.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Key, Phase> entry = each.next();
            if (!present.contains(entry.getKey())) {
                finished.add(entry.getValue());
                each.remove();
            }
        }
        return finished;
    }

    private Optional<String> newStage(RunState state) {
        Optional<String> changed = state.stage().filter(now -> !now.equals(stage));
        changed.ifPresent(now -> stage = now);
        return changed;
    }

    private List<String> retries(RunState state) {
        List<String> lines = new ArrayList<>();
        for (ActivityState activity : state.activities()) {
            int before = attempts.getOrDefault(activity.id(), 1);
            if (activity.attempt() > before) {
                // What the attempt before had begun is not finished.
                current.keySet().removeIf(key -> key.activity().equals(activity.id()));
                lines.add(activity.type() + ": attempt " + activity.attempt()
                        + activity.lastFailure().map(why -> ", for " + why).orElse(""));
            }
            attempts.put(activity.id(), activity.attempt());
        }
        return lines;
    }
}
