package dev.windlass.testbed.r2;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.windlass.testbed.control.Control;
import dev.windlass.testbed.control.Faults;
import dev.windlass.testbed.control.Holds;
import dev.windlass.testbed.control.RequestLog;
import dev.windlass.testbed.control.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy on a directory, behind the filter that refuses what R2 refuses, over TLS on loopback. */
public final class R2Double implements AutoCloseable {
    /**
     * @param port 0 for a free one, as for {@code controlPort}
     * @param addresses besides loopback at which it is reached, also ones that are yet to come
     * @param locks {@code PREFIX=SECONDS} or {@code PREFIX=indefinite}
     */
    public record Settings(
            Path data,
            int port,
            int controlPort,
            List<String> buckets,
            String accessKey,
            String secretKey,
            List<String> locks,
            Optional<Path> keystore,
            List<String> addresses) {
        public Settings {
            addresses = List.copyOf(addresses);
            buckets = List.copyOf(buckets);
            locks = List.copyOf(locks);
            for (String bucket : buckets) {
                if (!Limits.isBucketName(bucket)) {
                    throw new IllegalArgumentException(
                            "bucket '" + bucket + "' is not 3 to 63 lower-case letters, digits and hyphens");
                }
            }
        }
    }

    private final S3Proxy storage;
    private final HttpsServer server;
    private final ExecutorService threads;
    private final Control control;
    private final String certificate;

    private R2Double(
            S3Proxy storage, HttpsServer server, ExecutorService threads, Control control, String certificate) {
        this.storage = storage;
        this.server = server;
        this.threads = threads;
        this.control = control;
        this.certificate = certificate;
    }

    // S3Proxy.start throws Exception.
    @SuppressWarnings("PMD.SignatureDeclareThrowsException")
    public static R2Double start(Settings settings) throws Exception {
        Transport.prepare();
        Path objects = Files.createDirectories(settings.data().resolve("objects"));
        BlobStore blobs = new FilesystemNio2BlobStore(objects.toString());
        for (String bucket : settings.buckets()) {
            if (!blobs.containerExists(bucket)) {
                blobs.createContainer(bucket);
            }
        }
        S3Proxy proxy = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, settings.accessKey(), settings.secretKey())
                .ignoreUnknownHeaders(true)
                .blobStore(blobs)
                .build();
        proxy.start();

        Clock clock = Clock.systemUTC();
        var faults = new Faults();
        var holds = new Holds();
        var log = new RequestLog(settings.data().resolve("requests.jsonl"));
        var rules = new Rules(
                settings.accessKey(),
                settings.locks().stream().map(BucketLocks.Lock::parse).toList(),
                new Storage(blobs),
                clock);
        var upstream = new Upstream(URI.create("http://127.0.0.1:" + proxy.getPort()));
        Tls tls = Tls.openOrMake(
                settings.keystore().orElse(settings.data().resolve("tls/keystore.p12")), settings.addresses());
        InetSocketAddress at = settings.addresses().isEmpty()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port())
                : new InetSocketAddress(settings.port());

        var server = HttpsServer.create(at, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/", new StrictHandler(rules, upstream, faults, holds, log, clock));
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        Control control = Control.start(settings.controlPort(), faults, holds, log, Map.of());
        server.start();
        return new R2Double(proxy, server, threads, control, tls.certificatePem());
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    public String controlUrl() {
        return control.url();
    }

    /** PEM of the certificate to trust. */
    public String certificate() {
        return certificate;
    }

    @Override
    public void close() throws Exception {
        control.close();
        server.stop(0);
        threads.shutdownNow();
        storage.stop();
    }
}
