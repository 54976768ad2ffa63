package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One recovery: which set, who, where, and how far. */
final class RecoverVpsRun {
    private final RecoverVpsRequest request;
    private final Instant began = RecoverVpsPhases.now();
    private final RecoverVpsPhases phases = new RecoverVpsPhases();
    private final List<String> notes = new ArrayList<>();
    private final Deque<SetId> sets = new ArrayDeque<>();
    private @Nullable RecoverVpsPlan plan;
    private @Nullable RecoverVpsTarget target;
    private DatabasesFrom from;
    private Optional<RecoverVpsApps> apps = Optional.empty();
    private boolean isLinked;
    private final List<String> silent = new ArrayList<>();
    private boolean isRecovered;
    private boolean hasWindlass;

    RecoverVpsRun(RecoverVpsRequest request) {
        this.request = request;
        this.from = request.from();
    }

    RecoverVpsProgress progress() {
        return new RecoverVpsProgress(
                began,
                request.budget(),
                Optional.ofNullable(plan).map(known -> known.manifest().set()),
                phases.all(),
                notes);
    }

    /** The newest proven set that the identity opens, before anything is touched. */
    void chooseSet() {
        SetsSeen seen = VpsStubs.sets("look at the sets of the bucket").look(request);
        notes.addAll(seen.notes());
        sets.addAll(seen.sets());
        takeNextSet();
    }

    private void takeNextSet() {
        while (true) {
            SetId set = sets.remove();
            try {
                RecoverVpsPlan next = VpsStubs.sets("plan the recovery from set " + set)
                        .plan(new RecoverVpsPlanOrder(request, set, from));
                follow(next);
                return;
            } catch (TemporalFailure failed) {
                leaveOut(failed);
            }
        }
    }

    private void follow(RecoverVpsPlan next) {
        plan = next;
        next.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        phases.follow(next.plan());
    }

    /** Of a cluster that cannot be had as it was, most is still in the set. Who named a moment wants that one. */
    private RecoverVpsPlan fromTheSet(TemporalFailure failed) {
        String why = WhyNot.words(failed);
        if (request.to().isPresent()) {
            throw failed;
        }
        notes.add("the databases come from the set, for the cluster cannot be had from its physical backup: " + why);
        from = DatabasesFrom.SET;
        SetId set = plan().manifest().set();
        RecoverVpsPlan next =
                VpsStubs.sets("plan the databases from set " + set).plan(new RecoverVpsPlanOrder(request, set, from));
        follow(next);
        return next;
    }

    /** Only damage is a reason, and only while there is another set. */
    private void leaveOut(TemporalFailure failed) {
        Optional<Failure> why = Failure.in(failed).filter(failure -> failure.type() == FailureType.ARTEFACT_DAMAGED);
        if (why.isEmpty() || sets.isEmpty()) {
            throw failed;
        }
        notes.add(why.get().fact() + "; the set before it is taken");
    }

    Claim claim() {
        Step step = step(RecoverVpsSteps.CLAIM);
        return phases.during(step.id(), () -> VpsStubs.claims(step.title()).claim(new ClaimOrder(step, request)));
    }

    void reach() {
        Step step = step(RecoverVpsSteps.REACH);
        phases.during(step.id(), () -> VpsStubs.reaching(step.title()).reach(link(step)));
    }

    void bringKit() {
        Step kit = step(RecoverVpsSteps.KIT);
        phases.during(kit.id(), () -> VpsStubs.sending(kit.title()).sendKit(link(kit)));
        isLinked = true;
        Step secrets = step(RecoverVpsSteps.SECRETS);
        phases.during(secrets.id(), () -> {
            VpsStubs.reaching(secrets.title()).putSecrets(link(secrets));
            return secrets;
        });
    }

    /** The link is held beside all that is done on the target; when it is given up, so is that. */
    void onTarget(Claim claim) {
        Step step = step(RecoverVpsSteps.LINK);
        List<Promise<Void>> running = new ArrayList<>();
        CancellationScope holding = Workflow.newCancellationScope(
                () -> running.add(Async.procedure(VpsStubs.holding(step.title())::hold, link(step))));
        CancellationScope working =
                Workflow.newCancellationScope(() -> running.add(Async.procedure(this::recover, claim)));
        holding.run();
        working.run();
        Promise<Void> link = running.getFirst();
        Promise<Void> work = running.getLast();
        try {
            Workflow.await(() -> link.isCompleted() || work.isCompleted());
            if (!work.isCompleted()) {
                working.cancel("the link is broken for good");
                waitFor(work);
                link.get();
            }
            work.get();
        } finally {
            Workflow.newDetachedCancellationScope(() -> {
                        holding.cancel("nothing more is done on the target");
                        waitFor(link);
                    })
                    .run();
        }
    }

    private static void waitFor(Promise<Void> cancelled) {
        try {
            cancelled.get();
        } catch (TemporalFailure asItWasTold) {
            return;
        }
    }

    private void recover(Claim claim) {
        phases.during(RecoverVpsSteps.LINK, () -> {
            VpsStubs.brief("wait for the worker of the new machine").arrive();
            return claim;
        });
        Step look = step(RecoverVpsSteps.LOOK);
        phases.during(look.id(), () -> VpsStubs.brief(look.title()).look(place(look)));
        fetch();
        VpsStubs.claims("see that nobody else has taken over").require(claim);
        RecoverVpsTarget made = new RecoverVpsTarget(plan(), request.bucket(), phases, notes, this::fromTheSet);
        target = made;
        made.restore();
        VpsStubs.claims("see that nobody else has taken over").require(claim);
        made.open(claim);
        isRecovered = true;
        apps = Optional.of(made.serve());
        if (plan().plan().hasStep(RecoverVpsSteps.WINDLASS)) {
            Optional<String> why = new RecoverVpsWindlass(plan(), request, phases).install();
            why.ifPresentOrElse(silent::add, () -> hasWindlass = true);
        }
    }

    /** A damaged set is said, and the one before is taken. */
    private void fetch() {
        while (true) {
            Step step = step(RecoverVpsSteps.FETCH);
            try {
                phases.during(step.id(), () -> VpsStubs.fetching(step.title()).fetch(place(step)));
                return;
            } catch (TemporalFailure failed) {
                leaveOut(failed);
                takeNextSet();
                Step look = step(RecoverVpsSteps.LOOK);
                VpsStubs.brief(look.title()).look(place(look));
            }
        }
    }

    /** Whatever came of it: no secrets stay on the target, and another recovery may begin. */
    void giveBack(Claim claim) {
        if (isLinked) {
            Step step = step(RecoverVpsSteps.CLOSE);
            try {
                phases.during(step.id(), () -> {
                    VpsStubs.closing(step.title()).close(link(step));
                    return step;
                });
            } catch (TemporalFailure unreachable) {
                notes.add("the secrets may still be in memory of " + request.target() + ": reboot it");
            }
        }
        VpsStubs.claims("write down that the recovery is over").over(claim.ended(ending()));
    }

    private Claim.Ending ending() {
        if (!isRecovered) {
            return Claim.Ending.GIVEN_UP;
        }
        return request.isRehearsal() ? Claim.Ending.REHEARSED : Claim.Ending.RECOVERED;
    }

    RecoverVpsOutcome outcome() {
        if (target == null) {
            throw new IllegalStateException("nothing was restored");
        }
        return new RecoverVpsOutcome(
                plan().manifest().set(),
                target.asOf(),
                plan().plan().digest(),
                phases.all(),
                Duration.between(began, RecoverVpsPhases.now()),
                target.databases(),
                notes,
                target.left().stream()
                        .filter(left -> !hasWindlass || !left.what().startsWith(LeftToDo.WINDLASS))
                        .toList(),
                target.cluster(),
                Stream.concat(
                                apps.map(RecoverVpsApps::words).orElse(List.of()).stream(),
                                hasWindlass ? Stream.of("Windlass: Temporal, worker and schedules") : Stream.empty())
                        .toList(),
                Stream.concat(apps.map(RecoverVpsApps::silent).orElse(List.of()).stream(), silent.stream())
                        .toList());
    }

    private PlaceOrder place(Step step) {
        return new PlaceOrder(step, plan().manifest(), request.bucket(), plan().cluster());
    }

    private LinkOrder link(Step step) {
        return new LinkOrder(step, request.target());
    }

    private Step step(StepId id) {
        return plan().plan().step(id);
    }

    private RecoverVpsPlan plan() {
        if (plan == null) {
            throw new IllegalStateException("no set is chosen");
        }
        return plan;
    }
}
