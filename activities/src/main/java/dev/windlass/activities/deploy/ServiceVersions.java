package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.runbooks.deploy.ServiceObservation.Source;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a version is, as a digest. The registry says it; what was kept on this machine counts only where the registry does not
 * know the version, or does not answer.
 */
record ServiceVersions(
        DeployParts parts, ServiceLayout layout, StepContext context, ServiceLook look, ServiceRecord record) {
    private static final int SUGGESTIONS = 5;

    record Resolved(Release release, Source source) {}

    /** @param shown gets what a reader should know of where the digest comes from */
    Resolved resolve(Version version, SortedMap<String, String> shown) {
        Optional<Release> kept = kept(version);
        try (ImageRegistry registry =
                new ImageRegistry(layout.target().image(), layout.target().registry(), parts.secrets(), context)) {
            return switch (registry.find(version)) {
                case ImageRegistry.Answer.Found found -> {
                    Release release = new Release(version, found.digest());
                    kept.filter(other -> !other.equals(release))
                            .ifPresent(other -> shown.put(
                                    "kept under this version",
                                    "another image, " + other.content() + ": the tag was moved in the registry"));
                    yield new Resolved(release, Source.REGISTRY);
                }
                case ImageRegistry.Answer.Unknown unknown ->
                    kept.map(release -> fromHere(release, shown, "does not know this version"))
                            .orElseThrow(() -> ServiceFailures.noSuchImage(layout, version, words(registry.tags())));
                case ImageRegistry.Answer.Refused refused ->
                    kept.map(release -> fromHere(release, shown, refused.reason()))
                            .orElseThrow(() -> ServiceFailures.registryRefuses(layout, refused.reason()));
                case ImageRegistry.Answer.Silent silent ->
                    kept.map(release -> fromHere(release, shown, silent.reason()))
                            .orElseThrow(() -> ServiceFailures.registrySilent(layout, version, silent.reason()));
            };
        }
    }

    /** Of several images under one version the one that was kept last. */
    private Optional<Release> kept(Version version) {
        return record.all().stream()
                .filter(release -> release.version().equals(version))
                .filter(release -> look.checkOf(release).isPresent())
                .findFirst();
    }

    private static Resolved fromHere(Release release, SortedMap<String, String> shown, String reason) {
        shown.put("registry", reason + ", so the image that was kept on this machine is taken");
        return new Resolved(release, Source.KEPT);
    }

    private static String words(List<String> tags) {
        List<String> last = tags.subList(Math.max(0, tags.size() - SUGGESTIONS), tags.size());
        return tags.isEmpty()
                ? ""
                : "it has " + tags.size() + (tags.size() == 1 ? " version: " : " versions, among them ")
                        + String.join(", ", last);
    }
}
