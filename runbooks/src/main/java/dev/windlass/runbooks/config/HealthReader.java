package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.config.Target.Watch;
import java.time.Duration;

/** What is read the same way whatever the target: when a version is good, and how many are kept. */
final class HealthReader {
    private static final Form<Integer> STATUS = Forms.number(100, 599);
    private static final Form<Integer> SUCCESSES = Forms.number(1, 100);
    private static final Form<Integer> REQUESTS = Forms.number(1, 1_000_000);
    private static final Form<Integer> RELEASES = Forms.number(2, 100);
    private static final Form<String> BODY = Forms.text("text of the answer", 200);

    private static final Form<Duration> INTERVAL = ProcessForms.time(Duration.ofMillis(100), Duration.ofMinutes(1));
    private static final Form<Duration> DEADLINE = ProcessForms.time(Duration.ofSeconds(1), Duration.ofHours(1));

    /** Within what a run waits for a step that only looks. */
    private static final Form<Duration> WATCH = ProcessForms.time(Duration.ofSeconds(1), Duration.ofHours(5));

    private static final Form<Duration> LATENCY = ProcessForms.time(Duration.ofMillis(1), Duration.ofMinutes(1));

    private HealthReader() {}

    static Health readHealth(Section section) {
        Health health = new Health(
                section.need("path", ProcessForms.URL_PATH),
                section.get("status", STATUS, 200),
                section.find("body", BODY),
                section.need("version_path", ProcessForms.URL_PATH),
                section.get("successes", SUCCESSES, 3),
                section.get("interval", INTERVAL, Duration.ofSeconds(1)),
                section.get("deadline", DEADLINE, Duration.ofSeconds(60)));
        section.refuseOtherKeys();
        return health;
    }

    static Watch readWatch(Section section) {
        Watch watch = new Watch(
                section.get("for", WATCH, Duration.ofMinutes(2)),
                section.get("errors", ProcessForms.SHARE, 0.01),
                section.get("p95", LATENCY, Duration.ofMillis(500)),
                section.get("least_requests", REQUESTS, 20));
        section.refuseOtherKeys();
        return watch;
    }

    static int readKeptReleases(Section section) {
        return section.get("keep_releases", RELEASES, 5);
    }
}
