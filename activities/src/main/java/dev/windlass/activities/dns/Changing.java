package dev.windlass.activities.dns;

import dev.windlass.activities.dns.CloudflareApi.Answer;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.dns.RecordChange;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes records one by one. Cloudflare has no change that is bound to what was before, so each is read right before it; what
 * became of a change whose answer was lost is read as well.
 */
final class Changing {
    private final Dns dns;
    private final CloudflareApi api;
    private final StepContext context;

    Changing(Dns dns, CloudflareApi api, StepContext context) {
        this.dns = dns;
        this.api = api;
        this.context = context;
    }

    /** None is changed before all are seen to be as they should. */
    void change(List<RecordChange> changes, List<RecordMove> moves) {
        List<Integer> open = new ArrayList<>();
        for (int at = 0; at < moves.size(); at++) {
            RecordMove move = moves.get(at);
            RecordState now = read(changes.get(at).read(), move);
            if (now.equals(move.from())) {
                open.add(at);
            } else if (!now.equals(move.to())) {
                throw DnsFailures.changed(now);
            }
        }
        open.forEach(at -> change(changes.get(at), moves.get(at)));
    }

    /** @return those that are left alone */
    List<String> putBack(List<RecordChange> changes, List<RecordMove> moves) {
        List<String> leftAlone = new ArrayList<>();
        for (int at = 0; at < moves.size(); at++) {
            RecordMove move = moves.get(at);
            Optional<RecordState> now = api.find(changes.get(at).read()).map(given -> Records.of(given.result()));
            if (now.filter(move.from()::equals).isPresent()) {
                change(changes.get(at), move);
            } else if (now.filter(move.to()::equals).isEmpty()) {
                leftAlone.add(move.from().label() + " is "
                        + now.map(RecordState::words).orElse("gone"));
            }
        }
        return leftAlone;
    }

    private void change(RecordChange change, RecordMove move) {
        context.pulse()
                .beat(new Progress(
                        "change", 0, Optional.empty(), "", move.from().label()));
        Answer answer = api.call(change.change());
        boolean isDone = switch (answer) {
            case Answer.Given given -> Records.of(given.result()).equals(move.to());
            case Answer.Refused refused -> throw api.refusal(change.change(), refused);
            case Answer.Limited limited -> throw DnsFailures.limited(limited.pause());
            case Answer.None none -> read(change.read(), move).equals(move.to());
        };
        if (!isDone) {
            throw DnsFailures.unavailable(
                    dns, answer instanceof Answer.None none ? none.reason() : "it answered with another record");
        }
    }

    private RecordState read(HttpCall call, RecordMove move) {
        return api.find(call)
                .map(given -> Records.of(given.result()))
                .orElseThrow(() -> DnsFailures.noRecord(dns, move.from().label()));
    }
}
