package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Target.RegistryLogin;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.config.Target.Update;
import java.util.Map;
import java.util.regex.Pattern;

/** An environment whose target is {@code docker} or {@code dokploy}. */
final class ServiceReader {
    /** Of swarmkit, for names of services. */
    private static final Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9](?:[-_]*[A-Za-z0-9]+)*");

    /** Of the distribution specification; the first part is a host when it has a point or a port. */
    private static final Pattern REPOSITORY =
            Pattern.compile("(?:localhost|[a-z0-9-]+(?:\\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(?::[0-9]{1,5})?"
                    + "(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)+");

    private static final Form<String> SERVICE =
            new Form<>("the name of a service of Docker Swarm", "missing", scalar -> {
                String name = scalar.requireText();
                if (name.length() > 63 || !SERVICE_NAME.matcher(name).matches()) {
                    throw new Misfit(
                            "\"" + name + "\" cannot be the name of a service",
                            "write it as docker service ls shows it, under NAME");
                }
                return name;
            });

    private static final Form<String> IMAGE =
            new Form<>("the repository of the image, such as ghcr.io/acme/shop", "missing.example/missing", scalar -> {
                String image = scalar.requireText();
                if (image.contains("@")
                        || image.substring(image.lastIndexOf('/') + 1).contains(":")) {
                    throw new Misfit(
                            "\"" + image + "\" has a tag or a digest",
                            "remove it: the version that is deployed decides which one it is");
                }
                if (!REPOSITORY.matcher(image).matches()) {
                    throw new Misfit(
                            "\"" + image + "\" is no repository of images in full",
                            "write it with the registry's host, as in ghcr.io/acme/shop or docker.io/acme/shop");
                }
                return image;
            });

    private static final Form<String> DOCKER_HOST =
            new Form<>("the socket of a docker daemon, such as unix:///run/docker.sock", "unix:///missing", scalar -> {
                String host = scalar.requireText();
                if (!host.matches("unix:///[A-Za-z0-9_.+/-]{1,200}")) {
                    throw new Misfit(
                            "\"" + host + "\" is no socket on this machine",
                            "write unix:// and an absolute path: deploys look at what runs on the worker's own machine");
                }
                return host;
            });

    static final Form<String> ADDRESS = new Form<>(
            "the URL at which the app answers, such as https://shop.example.com",
            NetworkForms.PAGE.standIn(),
            scalar -> {
                String url = NetworkForms.PAGE.read(scalar);
                if (url.contains("?")) {
                    throw new Misfit("has a ? in it", "end the address before the ?; health has the paths");
                }
                return url;
            });

    private static final Form<String> DOKPLOY = NetworkForms.SERVICE.and(url -> {
        if (url.contains("?")) {
            throw new Misfit("has a ? in it", "write Dokploy's address as its own pages have it");
        }
        if (url.endsWith("/api") || url.endsWith("/api/")) {
            throw new Misfit("ends with /api", "write the address without it");
        }
    });

    private static final Form<String> APPLICATION =
            new Form<>("the id of an application of Dokploy", "missing", scalar -> {
                String id = scalar.requireText();
                if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
                    throw new Misfit(
                            "\"" + id + "\" cannot be the id of an application",
                            "copy it from the address of the application's page, behind /application/");
                }
                return id;
            });

    private static final Form<String> USER = Forms.text("the name of a user of the registry", 200)
            .and(user -> {
                if (user.contains(":")) {
                    throw new Misfit("has a : in it", "write the name alone; secret has a key of its own");
                }
            });

    private final Section section;

    ServiceReader(Section section) {
        this.section = section;
    }

    ServiceTarget readDocker() {
        return read(new Update.Docker());
    }

    ServiceTarget readDokploy() {
        Section below = section.section("dokploy");
        Update update = new Update.Dokploy(
                below.need("url", DOKPLOY).replaceFirst("/+$", ""),
                below.need("key", SecretForm.SECRET),
                below.need("application", APPLICATION));
        below.refuseOtherKeys();
        return read(update);
    }

    private ServiceTarget read(Update update) {
        ServiceTarget target = new ServiceTarget(
                update,
                section.need("service", SERVICE),
                section.need("image", IMAGE),
                section.findSection("registry").map(ServiceReader::registry),
                section.find("docker_host", DOCKER_HOST),
                section.need("address", ADDRESS),
                HealthReader.readHealth(section.section("health")),
                HealthReader.readWatch(section.section("watch")),
                section.find("access_log", ProcessForms.PLAIN_PATH),
                HealthReader.readKeptReleases(section));
        section.refuseOtherKeys();
        return target;
    }

    /** Two environments are never one service. */
    void requireAlone(ServiceTarget target, String whose, Map<String, String> taken) {
        if (target.service().equals(SERVICE.standIn())) {
            return;
        }
        String service =
                "service " + target.service() + " of " + target.dockerHost().orElse("this machine's docker");
        String other = taken.putIfAbsent(service, whose);
        if (other != null && !other.equals(whose)) {
            section.report("service", service + " is that of " + other + " as well", "name another one here");
        }
    }

    private static RegistryLogin registry(Section section) {
        RegistryLogin login = new RegistryLogin(section.need("user", USER), section.need("secret", SecretForm.SECRET));
        section.refuseOtherKeys();
        return login;
    }
}
