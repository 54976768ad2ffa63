package dev.windlass.testbed.r2;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** A digest the client declared for the body it sends. */
record Checksum(String header, String declared, Kind kind) {
    enum Kind {
        MD5(16),
        CRC32(4),
        CRC32C(4),
        CRC64NVME(8),
        SHA1(20),
        SHA256(32),
        HEX_SHA256(32);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }
    }

    static List<Checksum> declaredBy(S3Request request) {
        List<Checksum> declared = new ArrayList<>();
        request.header("Content-MD5").ifPresent(v -> declared.add(new Checksum("Content-MD5", v, Kind.MD5)));
        for (Kind kind : List.of(Kind.CRC32, Kind.CRC32C, Kind.CRC64NVME, Kind.SHA1, Kind.SHA256)) {
            String header = "x-amz-checksum-" + kind.name().toLowerCase(Locale.ROOT);
            // On CompleteMultipartUpload it is the checksum of the object, not of this body.
            if (request.operation() != Operation.COMPLETE_UPLOAD) {
                request.header(header).ifPresent(v -> declared.add(new Checksum(header, v, kind)));
            }
        }
        request.header("x-amz-content-sha256")
                .filter(v -> v.length() == 64)
                .ifPresent(v -> declared.add(new Checksum("x-amz-content-sha256", v, Kind.HEX_SHA256)));
        return declared;
    }

    boolean isWellFormed() {
        return decoded().filter(bytes -> bytes.length == kind.bytes).isPresent();
    }

    boolean matches(byte[] actual) {
        return decoded().filter(bytes -> Arrays.equals(bytes, actual)).isPresent();
    }

    private Optional<byte[]> decoded() {
        try {
            return Optional.of(
                    kind == Kind.HEX_SHA256
                            ? HexFormat.of().parseHex(declared)
                            : Base64.getDecoder().decode(declared));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Computes while the bytes pass. */
    Running start() {
        return switch (kind) {
            case MD5 -> digest("MD5");
            case SHA1 -> digest("SHA-1");
            case SHA256, HEX_SHA256 -> digest("SHA-256");
            case CRC32 -> crc(new CRC32(), 4);
            case CRC32C -> crc(new CRC32C(), 4);
            case CRC64NVME -> crc(new Crc64Nvme(), 8);
        };
    }

    interface Running {
        void update(byte[] bytes, int length);

        byte[] value();
    }

    private static Running digest(String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return new Running() {
                @Override
                public void update(byte[] bytes, int length) {
                    digest.update(bytes, 0, length);
                }

                @Override
                public byte[] value() {
                    return digest.digest();
                }
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Running crc(java.util.zip.Checksum crc, int size) {
        return new Running() {
            @Override
            public void update(byte[] bytes, int length) {
                crc.update(bytes, 0, length);
            }

            @Override
            public byte[] value() {
                byte[] all =
                        java.nio.ByteBuffer.allocate(8).putLong(crc.getValue()).array();
                return Arrays.copyOfRange(all, 8 - size, 8);
            }
        };
    }
}
