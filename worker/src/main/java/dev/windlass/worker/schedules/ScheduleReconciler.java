package dev.windlass.worker.schedules;

import dev.windlass.runbooks.config.Operations;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Temporal's schedules what ops.yml says. Whoever paused one finds it paused still. */
public final class ScheduleReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleReconciler.class);

    /** Also how we recognise, later, that it was us who paused it. */
    static final String ORPHAN_NOTE = "paused by windlass: ops.yml has no such schedule any more";

    private static final int PAGE = 100;

    private final ScheduleClient client;
    private final List<DesiredSchedule> desired;

    public ScheduleReconciler(ScheduleClient client, Operations operations) {
        this(client, RunbookSchedules.of(operations));
    }

    ScheduleReconciler(ScheduleClient client, List<DesiredSchedule> desired) {
        this.client = client;
        this.desired = List.copyOf(desired);
    }

    /** Safe to do again: what is right already is left alone. */
    public void reconcile() {
        desired.forEach(this::createOrUpdate);
        Set<String> wanted = desired.stream().map(DesiredSchedule::id).collect(Collectors.toSet());
        client.listSchedules(PAGE)
                .map(ScheduleListDescription::getScheduleId)
                .filter(id -> id.startsWith(DesiredSchedule.PREFIX) && !wanted.contains(id))
                .toList()
                .forEach(this::pauseOrphan);
    }

    private void createOrUpdate(DesiredSchedule schedule) {
        ScheduleState running = ScheduleState.newBuilder().build();
        try {
            client.createSchedule(
                    schedule.id(),
                    schedule.with(running),
                    ScheduleOptions.newBuilder().build());
            say(schedule, "created");
        } catch (ScheduleAlreadyRunningException exists) {
            update(schedule);
        }
    }

    private void update(DesiredSchedule schedule) {
        ScheduleHandle handle = client.getHandle(schedule.id());
        var live = handle.describe().getSchedule();
        ScheduleState state = live.getState();
        boolean orphaned = isOurOrphan(state);
        if (schedule.matches(live) && !orphaned) {
            say(schedule, state != null && state.isPaused() ? "unchanged, paused: " + state.getNote() : "unchanged");
            return;
        }
        // Built from what lives at that moment: a pause in between is kept.
        handle.update(input -> {
            ScheduleState now = input.getDescription().getSchedule().getState();
            boolean keep = now != null && !isOurOrphan(now);
            return new ScheduleUpdate(
                    schedule.with(keep ? now : ScheduleState.newBuilder().build()));
        });
        say(schedule, orphaned ? "updated, and running again" : "updated");
    }

    private static boolean isOurOrphan(@org.jspecify.annotations.Nullable ScheduleState state) {
        return state != null && state.isPaused() && ORPHAN_NOTE.equals(state.getNote());
    }

    private void pauseOrphan(String id) {
        ScheduleHandle handle = client.getHandle(id);
        ScheduleState state = handle.describe().getSchedule().getState();
        if (state != null && state.isPaused()) {
            return;
        }
        handle.pause(ORPHAN_NOTE);
        LOG.warn("schedule {} paused: ops.yml has no such schedule any more", id);
    }

    private static void say(DesiredSchedule schedule, String what) {
        LOG.info(
                "schedule {} {}: {} {}, catch-up {}",
                schedule.id(),
                what,
                schedule.when().cron(),
                schedule.when().zone(),
                schedule.when().catchUp());
    }
}
