package dev.windlass.activities.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who recovers from a bucket: objects with rising numbers, each written only if absent; the highest counts. */
final class VpsClaims {
    private static final Pattern KEY =
            Pattern.compile(Pattern.quote(PlanOfRecoverVps.CLAIMS) + "(\\d{6})(\\.over)?\\.json");

    private final ObjectStore store;
    private final StepContext context;
    private final Clock clock;

    VpsClaims(ObjectStore store, StepContext context, Clock clock) {
        this.store = store;
        this.context = context;
        this.clock = clock;
    }

    /** The highest claim. */
    private record Standing(int number, boolean isOver) {}

    /** @param run the same for each attempt of a run, and no other's */
    Claim claim(RecoverVpsRequest request, String run) {
        while (true) {
            Standing standing = standing();
            if (standing.number() > 0 && !standing.isOver()) {
                Optional<Claim> found = read(standing.number());
                if (found.filter(claim -> claim.run().equals(run)).isPresent()) {
                    return found.get();
                }
                if (request.claiming() == Claiming.IF_FREE) {
                    throw found.map(VpsFailures::claimed)
                            .orElseGet(() -> VpsFailures.unreadableClaim(key(standing.number())));
                }
            }
            Claim mine = new Claim(
                    Claim.FORMAT,
                    standing.number() + 1,
                    run,
                    request.glass().person(),
                    request.glass().reason(),
                    request.target().toString(),
                    clock.instant());
            if (put(key(mine.number()), mine)) {
                return mine;
            }
            // Somebody was quicker, or this is an attempt whose answer was lost: look again.
        }
    }

    void require(Claim claim) {
        Standing standing = standing();
        if (standing.number() > claim.number()) {
            throw read(standing.number())
                    .map(VpsFailures::takenOver)
                    .orElseGet(() -> VpsFailures.unreadableClaim(key(standing.number())));
        }
    }

    /** The newest recovery of this bucket that has put another machine in the place of the lost one. */
    Optional<Claim> lastRecovered() {
        TreeSet<Integer> over = new TreeSet<>();
        numbers(new TreeSet<>(), over);
        return over.descendingSet().stream()
                .map(number -> read(overKey(number)))
                .flatMap(Optional::stream)
                .filter(claim -> claim.ending().equals(Optional.of(Claim.Ending.RECOVERED)))
                .findFirst();
    }

    void over(Claim claim) {
        put(overKey(claim.number()), claim);
    }

    private Standing standing() {
        TreeSet<Integer> claims = new TreeSet<>();
        TreeSet<Integer> over = new TreeSet<>();
        numbers(claims, over);
        int highest = claims.isEmpty() ? 0 : claims.last();
        return new Standing(highest, over.contains(highest));
    }

    private void numbers(TreeSet<Integer> claims, TreeSet<Integer> over) {
        for (ObjectStore.StoredObject object : store.list(PlanOfRecoverVps.CLAIMS, context)) {
            Matcher key = KEY.matcher(object.key());
            if (key.matches()) {
                (key.group(2) == null ? claims : over).add(Integer.parseInt(key.group(1)));
            }
        }
    }

    private Optional<Claim> read(int number) {
        return read(key(number));
    }

    private Optional<Claim> read(String key) {
        return store.get(key, context).flatMap(bytes -> {
            try {
                Claim claim = PayloadJson.read(new String(bytes, StandardCharsets.UTF_8), Claim.class);
                return claim.format().equals(Claim.FORMAT) ? Optional.of(claim) : Optional.empty();
            } catch (JsonProcessingException | RuntimeException unreadable) {
                return Optional.empty();
            }
        });
    }

    private boolean put(String key, Claim claim) {
        return store.putIfAbsent(key, PayloadJson.canonical(claim).getBytes(StandardCharsets.UTF_8), context);
    }

    private static String key(int number) {
        return PlanOfRecoverVps.CLAIMS + number(number) + ".json";
    }

    private static String overKey(int number) {
        return PlanOfRecoverVps.CLAIMS + number(number) + ".over.json";
    }

    static String number(int number) {
        return String.format("%06d", number);
    }
}
