package dev.windlass.runbooks.dns;

import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.DNS_REFUSED;
import static dev.windlass.workflows.kernel.FailureType.DNS_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;
import java.util.stream.Stream;

/** What leading names elsewhere says when it cannot go on, as the code says it; {@code {…}} stands for a value of the run. */
final class DnsPageFailures {
    private DnsPageFailures() {}

    static List<Failure> all() {
        return Stream.of(ofCloudflare(), ofRecords(), ofTheAddress())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Failure> ofCloudflare() {
        return List.of(
                failure(
                        DNS_UNAVAILABLE,
                        "Cloudflare's API does not answer: {reason}",
                        "in the meantime lead {name} to the new address by hand, at {provider}, and tell people that"
                                + " name; this goes on when the API is back",
                        "api-down"),
                failure(
                        DNS_UNAVAILABLE,
                        "Cloudflare's API does not answer: {reason}",
                        "there is no other path: ops.yml names no second name (dns.second); see"
                                + " https://www.cloudflarestatus.com and try again",
                        "api-down"),
                failure(
                        DNS_UNAVAILABLE,
                        "Cloudflare asks for fewer requests (HTTP 429)",
                        "nothing to do: the step is tried again after the time that Cloudflare names, at most five"
                                + " minutes",
                        "rate-limit"),
                failure(
                        DNS_REFUSED,
                        "Cloudflare refuses the token {reference}: {words of Cloudflare}",
                        "make a token with Zone / DNS / Edit and Zone / Zone / Read for zone {zone}, and put it where"
                                + " ops.yml says",
                        "token"),
                failure(
                        DNS_REFUSED,
                        "the token {reference} is {status}",
                        "make a token with Zone / DNS / Edit and Zone / Zone / Read for zone {zone}, and put it where"
                                + " ops.yml says",
                        "token"),
                failure(
                        DNS_REFUSED,
                        "Cloudflare refuses {call}: {words of Cloudflare}",
                        "look at zone {zone} in Cloudflare's dashboard; then start this again",
                        "refused"));
    }

    private static List<Failure> ofRecords() {
        return List.of(
                failure(
                        CONFIGURATION,
                        "ops.yml has no section dns, so no name is known that leads to this machine",
                        "write it as in ops.example.yml, then restart the worker; or change the records by hand, see"
                                + " the page",
                        "not-configured"),
                failure(
                        NOT_FOUND,
                        "the token sees no zone {zone}",
                        "correct dns.zone in ops.yml, or let the token see that zone",
                        "zone"),
                failure(
                        PRECONDITION,
                        "zone {zone} is {status} at Cloudflare, so its records lead nobody",
                        "look at the zone in Cloudflare's dashboard: the registrar must name Cloudflare's name servers",
                        "zone"),
                failure(
                        NOT_FOUND,
                        "zone {zone} has no record {label}",
                        "make it in Cloudflare's dashboard, or take it out of dns.records in ops.yml",
                        "records"),
                failure(
                        PRECONDITION,
                        "the records of zone {zone} are not what ops.yml says: {reasons}",
                        "correct the records in Cloudflare's dashboard, or dns.records in ops.yml; then start this"
                                + " again",
                        "records"),
                failure(
                        PRECONDITION,
                        "record {label} is {words} now, which is neither what it was nor what this run makes of it",
                        "see who has changed it, then start this again",
                        "changed"),
                failure(
                        NOT_FOUND,
                        "run {run} left no record of what it changed on this machine",
                        "see what the records were in windlass show {run}, and lead them there with --to",
                        "no-record"));
    }

    private static List<Failure> ofTheAddress() {
        return List.of(
                failure(
                        CONFIGURATION,
                        "the certificates in {file} cannot be read: {reason}",
                        "correct dns.trust in ops.yml, or put the certificates there, in PEM",
                        "trust"),
                failure(
                        PRECONDITION,
                        "no address is given for {labels}",
                        "give an address of that type with --to as well, or remove these records in Cloudflare's"
                                + " dashboard and in ops.yml",
                        "address"),
                failure(
                        PRECONDITION,
                        "the new address does not answer as it should: {reasons}; no record leads there",
                        "see that the machine is up, its firewall open and its certificate in place, then start this"
                                + " again",
                        "unhealthy"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "recover-dns.md#" + place);
    }
}
