package dev.windlass.workflows.dns;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Each is safe to run twice; how stands at its implementation. Each throws DNS_UNAVAILABLE and DNS_REFUSED. */
@ActivityInterface
public interface DnsActivities {
    /**
     * Writes down what the records are before the run changes them.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: one is not what the plan saw
     */
    @ActivityMethod(name = "WriteRecordsDown")
    void writeDown(DnsOrder order);

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: a name is not answered well at its new address */
    @ActivityMethod(name = "TryNewAddress")
    void tryAddress(DnsOrder order);

    /**
     * Changes each record that is not changed yet.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: somebody else has changed one
     */
    @ActivityMethod(name = "ChangeRecords")
    void change(DnsOrder order);

    /** The undo of a change. @return the records that were left alone, since somebody else has changed them; a line each */
    @ActivityMethod(name = "PutRecordsBack")
    List<String> putBack(DnsOrder order);

    /** Resolves the names and asks what they lead to. @return what is not as it should be, a line each */
    @ActivityMethod(name = "VerifyRecords")
    List<String> verify(DnsOrder order);
}
