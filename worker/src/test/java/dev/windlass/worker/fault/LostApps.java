package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Programs;
import dev.windlass.worker.testing.ServerMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a lost machine had of its app behind nginx: the artefact and the list of releases of a deploy, and nginx's own files,
 * which belong into the directory that Debian's nginx reads. In production all is in the sets; staging's secrets are in none.
 */
final class LostApps {
    static final String VERSION = "v7";
    static final int PORT = 8089;
    static final String ADDRESS = "http://127.0.0.1:" + PORT;
    static final String SECRETS = "DIRECTORY/staging.env";

    private static final Path NGINX = Path.of("/etc/nginx/conf.d");
    private static final Path SITE = NGINX.resolve("windlass-fault.conf");
    private static final Path UPSTREAM = NGINX.resolve("windlass-fault-prod.conf");

    static final String APPS =
            """
            apps:
              shop:
                environments:
            """ + environment("prod", 4101, "") + environment("staging", 4201, "environment_file: " + SECRETS);

    static final String FILES = """
                artefacts:
                  path: DIRECTORY/artefacts
                site:
                  path: %s
                upstream:
                  path: %s
            """.formatted(SITE, UPSTREAM).indent(0);

    private static final String PROGRAM = """
            use strict;
            use IO::Socket::INET;
            $SIG{PIPE} = 'IGNORE';
            my $server = IO::Socket::INET->new(
                LocalAddr => '127.0.0.1', LocalPort => $ENV{PORT}, Listen => 16, ReuseAddr => 1) or die "no port: $!";
            while (my $client = $server->accept) {
                my $asked = <$client> // '';
                while (my $header = <$client>) { last if $header =~ /^\r?\n$/ }
                my $body = 'nothing';
                $body = $ENV{APP_VERSION} if $asked =~ m{^GET /api/version };
                $body = 'ok' if $asked =~ m{^GET /api/health };
                chomp($body = `psql -X -A -t -d shop -c 'SELECT count(*) FROM app.users' 2>&1`) if $asked =~ m{^GET /api/users };
                print $client "HTTP/1.0 200 OK\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
                close $client;
            }
            """;

    private static String environment(String name, int port, String more) {
        return """
                  %1$s:
                    target: process
                    artefacts: DIRECTORY/artefacts
                    directory: DIRECTORY/shop-%1$s
                    command: [/usr/bin/perl, app.pl]
                    user: postgres
                    ports: [%2$d, %3$d]
                    nginx:
                      upstream: shop_%1$s
                      upstream_file: %4$s/windlass-fault-%1$s.conf
                      log: /var/log/nginx/shop-%1$s.windlass.log
                      check: %5$s/api/version
                    health:
                      path: /api/health
                      body: ok
                      version_path: /api/version
                    %6$s
            """.formatted(name, port, port + 1, NGINX, ADDRESS, more).indent(4);
    }

    private static final String ASK = """
            my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0]) or die "nobody listens";
            print $socket "GET $ARGV[1] HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n";
            my $answer = join '', <$socket>;
            $answer =~ m{^HTTP/\\S+ 200 } or die $answer;
            $answer =~ s/^.*?\\r?\\n\\r?\\n//s;
            print $answer;
            """;

    private LostApps() {}

    static void make(Path directory) throws IOException {
        Path artefacts = Files.createDirectory(directory.resolve("artefacts"));
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("app.pl"), PROGRAM);
        Path artefact = artefacts.resolve(VERSION + ".tar.gz");
        Programs.run("tar", "-czf", artefact.toString(), "-C", source.toString(), ".");
        Trees.delete(source);
        for (String environment : List.of("prod", "staging")) {
            Path app = Files.createDirectory(directory.resolve("shop-" + environment));
            Files.writeString(
                    app.resolve("releases.json"),
                    "{\"releases\":[{\"release\":{\"version\":\"%s\",\"content\":\"sha256:%s\"},\"deployed\":\"2026-11-20T10:00:00Z\",\"applied\":null}]}\n"
                            .formatted(VERSION, Trees.sha256(artefact)));
        }
        Files.createDirectories(NGINX);
        Files.writeString(SITE, """
                log_format windlass '$msec|$status|$request_time|$upstream_addr|$upstream_status';
                server {
                  listen 127.0.0.1:8089;
                  location / { proxy_pass http://shop_prod; }
                  access_log /var/log/nginx/shop-prod.windlass.log windlass;
                }
                """);
        Files.writeString(UPSTREAM, "upstream shop_prod { server 127.0.0.1:4102; }\n");
    }

    /** A bare machine has no curl. @return the body of an answer with status 200 */
    static String ask(ServerMachine machine, int port, String path) throws IOException {
        return machine.exec("perl", "-MIO::Socket::INET", "-e", ASK, Integer.toString(port), path);
    }

    /** Of what lies outside of the rig. */
    static void remove() throws IOException {
        Files.deleteIfExists(SITE);
        Files.deleteIfExists(UPSTREAM);
    }
}
