package dev.windlass.starter.dns;

import dev.windlass.starter.approvals.RequestSigning;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "dns",
        header = "Lead the names of ops.yml to another machine: tried, approved, switched, verified.",
        description = {
            "%nThe new machine is asked under each name before a record at Cloudflare changes. Afterwards the name servers"
                    + " are asked where the names lead, and there for an answer. Ends with 9 when it was not approved, or"
                    + " something is not well afterwards; the records stay switched then."
        },
        footer = {
            "%nExamples:%n  windlass recover dns --to 198.51.100.7 --wait",
            "  windlass recover dns --back recover-dns-20261129T031500Z --wait"
        })
public final class RecoverDnsCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    RecoverDnsOptions recover = new RecoverDnsOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Your SSH key, when it is neither in the agent nor in ~/.ssh. Its public half stands in ops.yml.")
    Optional<Path> key = Optional.empty();

    public RecoverDnsCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        RecoverDnsRequest unsigned = recover.request(new Requester(door.person(), Optional.empty()));
        try (Session session = Session.open(door, connection)) {
            return session.startSigned(
                    DnsRunbooks.RECOVER_DNS,
                    DnsRunbooks.RECOVER_DNS.name(),
                    id -> recover.request(RequestSigning.of(
                            door, session, key, DnsRunbooks.RECOVER_DNS.name(), id, unsigned.asked())),
                    recover.summary(),
                    wait,
                    json);
        }
    }
}
