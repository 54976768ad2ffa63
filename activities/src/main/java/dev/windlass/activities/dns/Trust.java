package dev.windlass.activities.dns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The usual certificates and some more: Cloudflare's Origin CA signs for machines that only Cloudflare talks to. */
final class Trust {
    private Trust() {}

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION */
    static SSLContext with(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> all = new ArrayList<>(usual());
            all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int at = 0; at < all.size(); at++) {
                store.setCertificateEntry("trusted-" + at, all.get(at));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw DnsFailures.noTrust(file, unusable);
        }
    }

    private static List<X509Certificate> usual() throws GeneralSecurityException {
        return Arrays.stream(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    /** @param store null means that of the Java platform */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
