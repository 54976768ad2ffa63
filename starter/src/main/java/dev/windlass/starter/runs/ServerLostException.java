package dev.windlass.starter.runs;

/** The server does not answer (any more). A wait goes on over it; everything else ends with the complaint. */
public final class ServerLostException extends RuntimeException {
    private final String address;

    public ServerLostException(String address, String reason) {
        super("Temporal at " + address + " does not answer: " + reason);
        this.address = address;
    }

    public Complaint complaint() {
        return new Complaint(
                String.valueOf(getMessage()),
                address.startsWith("127.0.0.1:") || address.startsWith("localhost:")
                        ? "start it (bin/temporal-server start, or docker compose -f docker-compose.temporal.yml up -d),"
                                + " or name another with --temporal-address or TEMPORAL_ADDRESS"
                        : "check the address and the way there (Temporal listens on loopback on a VPS: ssh -N -L"
                                + " 7233:127.0.0.1:7233 HOST), or name another with --temporal-address or TEMPORAL_ADDRESS",
                "windlass help connection",
                ExitCode.OUTSIDE);
    }
}
