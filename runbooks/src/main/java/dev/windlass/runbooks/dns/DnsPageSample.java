package dev.windlass.runbooks.dns;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.DnsPace;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A proxied name and a direct one, whose machine is gone. */
final class DnsPageSample {
    private static final Address OLD = new Address("203.0.113.10");
    private static final Address NEW = new Address("198.51.100.7");

    private DnsPageSample() {}

    static Plan plan() {
        Dns dns = dns();
        Operations operations = PageSample.operations().withDns(dns);
        RecordState proxied = new RecordState(
                "372e67954025e0ba6aaa6d586b9e0b59", "shop.example.com", AddressType.A, OLD, 1, RecordMode.PROXIED);
        RecordState direct = new RecordState(
                "9a7806061c88ada191ed06f989cc3dac", "files.example.com", AddressType.A, OLD, 3600, RecordMode.DIRECT);
        List<RecordMove> moves = List.of(
                new RecordMove(proxied, PlanOfRecoverDns.goal(dns, proxied, NEW)),
                new RecordMove(direct, PlanOfRecoverDns.goal(dns, direct, NEW)));
        DnsObservation seen = new DnsObservation(
                "023e105f4ecef8ad9ca31a8372d0c353",
                List.of("bob.ns.cloudflare.com:53", "lola.ns.cloudflare.com:53"),
                moves,
                List.of(),
                Optional.empty());
        RecoverDnsRequest request = new RecoverDnsRequest(
                List.of(NEW), Optional.empty(), DnsPace.AT_ONCE, new Requester("somebody", Optional.empty()));
        return new PlanOfRecoverDns(operations, dns).plan(request, seen).plan();
    }

    private static Dns dns() {
        return new Dns(
                Optional.empty(),
                "example.com",
                new SecretReference("env:CLOUDFLARE_TOKEN"),
                "https://api.cloudflare.com/client/v4",
                Duration.ofMinutes(1),
                List.of(),
                Optional.empty(),
                List.of(
                        entry("shop.example.com", RecordMode.PROXIED, "https://shop.example.com/api/health"),
                        entry("files.example.com", RecordMode.DIRECT, "https://files.example.com/health")),
                Optional.of(new Dns.Second("shop.example.net", "deSEC, https://desec.io/domains")));
    }

    private static Dns.Entry entry(String name, RecordMode mode, String url) {
        return new Dns.Entry(name, AddressType.A, mode, Optional.of(new Dns.Check(url, 200, Optional.empty())));
    }
}
