package dev.windlass.workflows.dns;

/**
 * One record as Cloudflare has it, or is to have it.
 *
 * @param id of Cloudflare
 * @param name in full
 * @param ttl in seconds; 1 means automatic, which is the only one of proxied records
 */
public record RecordState(String id, String name, AddressType type, Address content, int ttl, RecordMode mode) {
    /** What automatic comes to, https://developers.cloudflare.com/dns/manage-dns-records/reference/ttl/ . */
    private static final int AUTOMATIC = 300;

    public RecordState with(Address other) {
        return new RecordState(id, name, type, other, ttl, mode);
    }

    public RecordState withTtl(int seconds) {
        return new RecordState(id, name, type, content, seconds, mode);
    }

    /** For how long others may keep what they were told. */
    public int keptFor() {
        return ttl == 1 ? AUTOMATIC : ttl;
    }

    /** {@code shop.example.com A}. */
    public String label() {
        return name + " " + type;
    }

    public String words() {
        return content + " (" + (mode == RecordMode.PROXIED ? "proxied" : "direct, TTL " + keptFor() + " s") + ")";
    }
}
