package dev.windlass.testbed.r2;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client's body on its way to the storage. The last chunk is held back until every declared checksum has matched;
 * if one has not, reading fails, the storage sees a torn request and commits nothing. 400 BadDigest (10037):
 * https://developers.cloudflare.com/r2/api/error-codes/ .
 */
final class VerifiedBody extends InputStream {
    private static final int CHUNK = 64 * 1024;

    private record Check(Checksum checksum, Checksum.Running running) {}

    private final InputStream body;
    private final long length;
    private final long cutAfter;
    private final List<Check> checks = new ArrayList<>();
    private byte[] current = new byte[0];
    private int position;
    private byte[] next = new byte[0];
    private long taken;
    private Optional<Refusal> refusal = Optional.empty();

    /** @param cutAfter fail after that many bytes, {@code Long.MAX_VALUE} for never */
    VerifiedBody(InputStream body, long length, long cutAfter, List<Checksum> declared) {
        this.body = body;
        this.length = length;
        this.cutAfter = cutAfter;
        declared.forEach(checksum -> checks.add(new Check(checksum, checksum.start())));
    }

    /** Why reading failed, if it was the client's fault. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    long taken() {
        return taken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (position == current.length && !advance()) {
            return -1;
        }
        int n = Math.min(count, current.length - position);
        System.arraycopy(current, position, target, offset, n);
        position += n;
        return n;
    }

    /** Moves the chunk read ahead into place and reads the one after it. */
    private boolean advance() throws IOException {
        if (taken == 0) {
            next = take();
        }
        current = next;
        position = 0;
        next = take();
        return current.length > 0;
    }

    private byte[] take() throws IOException {
        if (taken == length) {
            if (length == 0) {
                verify();
            }
            return new byte[0];
        }
        byte[] chunk = body.readNBytes((int) Math.min(CHUNK, Math.min(length, cutAfter) - taken));
        taken += chunk.length;
        checks.forEach(check -> check.running().update(chunk, chunk.length));
        if (taken == cutAfter) {
            throw new IOException("cut after " + taken + " bytes by an ordered fault");
        }
        if (chunk.length == 0) {
            refusal = Optional.of(Refusal.of(R2Error.INCOMPLETE_BODY));
            throw new IOException("client sent " + taken + " of " + length + " bytes");
        }
        if (taken == length) {
            verify();
        }
        return chunk;
    }

    private void verify() throws IOException {
        for (Check check : checks) {
            if (!check.checksum().matches(check.running().value())) {
                refusal = Optional.of(Refusal.of(
                        R2Error.BAD_DIGEST, "Header " + check.checksum().header() + "."));
                throw new IOException("checksum in " + check.checksum().header() + " does not match");
            }
        }
    }
}
