package dev.windlass.activities.dns;

import dev.windlass.runbooks.config.Dns;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What leading names elsewhere says when it cannot go on. */
final class DnsFailures {
    private DnsFailures() {}

    static ApplicationFailure notConfigured() {
        return failure(
                        FailureType.CONFIGURATION,
                        "ops.yml has no section dns, so no name is known that leads to this machine",
                        "write it as in ops.example.yml, then restart the worker; or change the records by hand, see"
                                + " the page",
                        "recover-dns.md#not-configured")
                .asException();
    }

    static ApplicationFailure noTrust(Path file, Exception unusable) {
        return failure(
                        FailureType.CONFIGURATION,
                        "the certificates in " + file + " cannot be read: " + Failure.messageOf(unusable),
                        "correct dns.trust in ops.yml, or put the certificates there, in PEM",
                        "recover-dns.md#trust")
                .asException(unusable);
    }

    static ApplicationFailure unavailable(Dns dns, String reason) {
        return failure(
                        FailureType.DNS_UNAVAILABLE,
                        "Cloudflare's API does not answer: " + reason,
                        dns.second()
                                .map(DnsFailures::otherPath)
                                .orElse(
                                        "there is no other path: ops.yml names no"
                                                + " second name (dns.second); see https://www.cloudflarestatus.com and try again"),
                        "recover-dns.md#api-down")
                .asException();
    }

    private static String otherPath(Dns.Second second) {
        return "in the meantime lead " + second.name() + " to the new address by hand, at " + second.provider()
                + ", and tell people that name; this goes on when the API is back";
    }

    static ApplicationFailure limited(Duration wait) {
        return failure(
                        FailureType.DNS_UNAVAILABLE,
                        "Cloudflare asks for fewer requests (HTTP 429)",
                        "nothing to do: the step is tried again after the time that Cloudflare names, at most five"
                                + " minutes",
                        "recover-dns.md#rate-limit")
                .asException(null, wait);
    }

    static ApplicationFailure refusedToken(Dns dns, String words) {
        return failure(
                        FailureType.DNS_REFUSED,
                        "Cloudflare refuses the token " + dns.token() + ": " + words,
                        newToken(dns),
                        "recover-dns.md#token")
                .asException();
    }

    static ApplicationFailure inactiveToken(Dns dns, String status) {
        return failure(
                        FailureType.DNS_REFUSED,
                        "the token " + dns.token() + " is " + status,
                        newToken(dns),
                        "recover-dns.md#token")
                .asException();
    }

    private static String newToken(Dns dns) {
        return "make a token with Zone / DNS / Edit and Zone / Zone / Read for zone " + dns.zone()
                + ", and put it where ops.yml says";
    }

    static ApplicationFailure refused(Dns dns, HttpCall call, String words) {
        return failure(
                        FailureType.DNS_REFUSED,
                        "Cloudflare refuses " + call.method() + " " + call.url() + ": " + words,
                        "look at zone " + dns.zone() + " in Cloudflare's dashboard; then start this again",
                        "recover-dns.md#refused")
                .asException();
    }

    static ApplicationFailure noZone(Dns dns) {
        return failure(
                        FailureType.NOT_FOUND,
                        "the token sees no zone " + dns.zone(),
                        "correct dns.zone in ops.yml, or let the token see that zone",
                        "recover-dns.md#zone")
                .asException();
    }

    static ApplicationFailure inactiveZone(Dns dns, String status) {
        return failure(
                        FailureType.PRECONDITION,
                        "zone " + dns.zone() + " is " + status + " at Cloudflare, so its records lead nobody",
                        "look at the zone in Cloudflare's dashboard: the registrar must name Cloudflare's name servers",
                        "recover-dns.md#zone")
                .asException();
    }

    static ApplicationFailure noRecord(Dns dns, String label) {
        return failure(
                        FailureType.NOT_FOUND,
                        "zone " + dns.zone() + " has no record " + label,
                        "make it in Cloudflare's dashboard, or take it out of dns.records in ops.yml",
                        "recover-dns.md#records")
                .asException();
    }

    static ApplicationFailure strangeRecords(Dns dns, List<String> reasons) {
        return failure(
                        FailureType.PRECONDITION,
                        "the records of zone " + dns.zone() + " are not what ops.yml says: "
                                + String.join("; ", reasons),
                        "correct the records in Cloudflare's dashboard, or dns.records in ops.yml; then start this"
                                + " again",
                        "recover-dns.md#records")
                .asException();
    }

    static ApplicationFailure changed(RecordState now) {
        return failure(
                        FailureType.PRECONDITION,
                        "record " + now.label() + " is " + now.words()
                                + " now, which is neither what it was nor what this run makes of it",
                        "see who has changed it, then start this again",
                        "recover-dns.md#changed")
                .asException();
    }

    static ApplicationFailure nothingWritten(String run, List<String> known) {
        return failure(
                        FailureType.NOT_FOUND,
                        "run " + run + " left no record of what it changed on this machine"
                                + (known.isEmpty() ? "" : "; it has those of " + String.join(", ", known)),
                        "see what the records were in windlass show " + run + ", and lead them there with --to",
                        "recover-dns.md#no-record")
                .asException();
    }

    static ApplicationFailure noAddress(List<String> labels) {
        return failure(
                        FailureType.PRECONDITION,
                        "no address is given for " + String.join(", ", labels),
                        "give an address of that type with --to as well, or remove these records in Cloudflare's"
                                + " dashboard and in ops.yml",
                        "recover-dns.md#address")
                .asException();
    }

    static ApplicationFailure unhealthy(List<String> reasons) {
        return failure(
                        FailureType.PRECONDITION,
                        "the new address does not answer as it should: " + String.join("; ", reasons)
                                + "; no record leads there",
                        "see that the machine is up, its firewall open and its certificate in place, then start this"
                                + " again",
                        "recover-dns.md#unhealthy")
                .asException();
    }

    private static Failure failure(FailureType type, String fact, String hint, String anchor) {
        return new Failure(type, fact, hint, anchor);
    }
}
