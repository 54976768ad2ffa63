package dev.windlass.testbed.control;

/** JVM-wide switches of the JDK's HTTP client and server; they must be set before either class is loaded. */
public final class Transport {
    private Transport() {}

    public static void prepare() {
        // SigV4 signs the Host header, so it has to reach the storage as the client sent it.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        // Without it every small answer waits for the peer's delayed acknowledgement (40 ms).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }
}
