package dev.windlass.starter.dns;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.DnsPace;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the names are to lead, for the run and for its plan alike. */
final class RecoverDnsOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    @ArgGroup(exclusive = true, multiplicity = "1")
    Where where = new Where();

    /** One of the two. */
    static final class Where {
        @Option(
                names = "--to",
                paramLabel = "ADDRESS",
                split = ",",
                description = "The new machine's address; with records of both types, its IPv4 and its IPv6 address.")
        List<Address> to = List.of();

        @Option(
                names = "--back",
                paramLabel = "RUN",
                description = "Put the records back as they were before this run, those that nobody has changed since.")
        Optional<String> back = Optional.empty();
    }

    @Option(
            names = "--after-ttl",
            description = "The old machine still answers: first lower the TTL of direct records, and wait until nobody"
                    + " keeps the old one any more.")
    void afterTtl(boolean given) {
        pace = given ? DnsPace.AFTER_OLD_TTL : DnsPace.AT_ONCE;
    }

    private DnsPace pace = DnsPace.AT_ONCE;

    /** @param requester who asks; a plan needs no signature */
    RecoverDnsRequest request(Requester requester) {
        try {
            return new RecoverDnsRequest(where.to, where.back, pace, requester);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(command.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    String summary() {
        return "recover dns "
                + where.back
                        .map(run -> "back to before " + run)
                        .orElseGet(() -> "to "
                                + String.join(
                                        ", ",
                                        where.to.stream().map(Address::value).toList()));
    }
}
