package dev.windlass.testbed.r2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The double's certificate for 127.0.0.1 and localhost, self-signed and kept beside the data, so that clients that
 * trust it go on trusting it after a restart.
 */
final class Tls {
    private static final String ALIAS = "double";
    private static final String PASSWORD_VARIABLE = "TESTBED_KEYSTORE_PASSWORD";

    private final KeyStore keys;
    private final String password;

    private Tls(KeyStore keys, String password) {
        this.keys = keys;
        this.password = password;
    }

    /**
     * Opens the PKCS#12 key store, or makes it with keytool when it is not there.
     *
     * @param addresses more of this machine's, which the certificate names
     */
    static Tls openOrMake(Path keystore, List<String> addresses)
            throws IOException, InterruptedException, GeneralSecurityException {
        String password = System.getenv().getOrDefault(PASSWORD_VARIABLE, "only-for-tests");
        if (!Files.exists(keystore)) {
            make(keystore, password, addresses);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, password.toCharArray());
        }
        return new Tls(keys, password);
    }

    /** What another machine may call it: pgBackRest finds no address in a certificate. */
    private static final String ELSEWHERE = "bucket.windlass.test";

    private static void make(Path keystore, String password, List<String> addresses)
            throws IOException, InterruptedException {
        Files.createDirectories(keystore.toAbsolutePath().getParent());
        Path fresh = keystore.resolveSibling(
                keystore.getFileName() + "." + ProcessHandle.current().pid());
        var keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=windlass testbed",
                "-validity",
                "3650",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost,dns:" + ELSEWHERE
                        + addresses.stream().map(address -> ",ip:" + address).collect(Collectors.joining()),
                "-storetype",
                "PKCS12",
                "-keystore",
                fresh.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
        keytool.environment().put(PASSWORD_VARIABLE, password);
        Process process = keytool.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool ended with " + process.exitValue() + ": " + said);
        }
        Files.move(fresh, keystore);
    }

    SSLContext context() throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate as PEM: what clients have to trust. */
    String certificatePem() throws GeneralSecurityException {
        String alias = keys.aliases().nextElement();
        byte[] der = keys.getCertificate(alias).getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }
}
