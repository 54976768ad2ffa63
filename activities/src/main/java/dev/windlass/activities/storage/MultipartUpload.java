package dev.windlass.activities.storage;

import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Sends a file in parts, and goes on where an earlier attempt broke off: a part that the store lists with our size and our
 * MD5 is not sent again. What a cancelled attempt sent stays there for the next one.
 */
final class MultipartUpload {
    private final S3Session session;
    private final Path file;
    private final String key;
    private final PartSizes sizes;
    private final MessageDigest sha256 = FileHash.sha256();
    private final MessageDigest etags = FileHash.md5();
    private final List<CompletedPart> completed = new ArrayList<>();
    private int partsFound;

    MultipartUpload(S3Session session, Path file, String key, PartSizes sizes) {
        this.session = session;
        this.file = file;
        this.key = key;
        this.sizes = sizes;
    }

    /**
     * @param etag what the store must say of the object: the MD5 of the parts' MD5s, and how many
     *     (https://developers.cloudflare.com/r2/objects/multipart-objects/#etags)
     */
    record Sent(int parts, int partsFound, String etag) {}

    Sent send(String expectedSha256) throws IOException {
        Optional<String> begun = findUpload();
        Map<Integer, Part> there = begun.map(this::listParts).orElseGet(TreeMap::new);
        String upload = begun.orElseGet(() -> create(expectedSha256));
        byte[] block = new byte[FileHash.BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int number = 1; number <= sizes.count(); number++) {
                byte[] md5 = hashPart(in, block, number);
                etags.update(md5);
                sendUnlessThere(upload, number, md5, Optional.ofNullable(there.get(number)));
            }
        }
        String found = FileHash.hex(sha256.digest());
        if (!found.equals(expectedSha256)) {
            session.call("aborting the upload of " + key, () -> abort(upload));
            throw StorageFailures.damaged(file.toString(), found, expectedSha256);
        }
        complete(upload);
        return new Sent(sizes.count(), partsFound, FileHash.hex(etags.digest()) + "-" + sizes.count());
    }

    /** The newest unfinished upload of this key; older ones are aborted. */
    private Optional<String> findUpload() {
        return session.call("looking for an earlier upload of " + key, () -> {
            List<software.amazon.awssdk.services.s3.model.MultipartUpload> found = session
                    .client()
                    .listMultipartUploadsPaginator(
                            r -> r.bucket(session.bucket()).prefix(session.full(key)))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.key().equals(session.full(key)))
                    .sorted(Comparator.comparing(software.amazon.awssdk.services.s3.model.MultipartUpload::initiated))
                    .toList();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            found.subList(0, found.size() - 1).forEach(older -> abort(older.uploadId()));
            return Optional.of(found.getLast().uploadId());
        });
    }

    private Map<Integer, Part> listParts(String upload) {
        return session.call("listing the parts of " + key, () -> {
            Map<Integer, Part> parts = new TreeMap<>();
            session.client()
                    .listPartsPaginator(r ->
                            r.bucket(session.bucket()).key(session.full(key)).uploadId(upload))
                    .parts()
                    .forEach(part -> parts.put(part.partNumber(), part));
            return parts;
        });
    }

    private String create(String expectedSha256) {
        return session.call(
                "beginning the upload of " + key,
                () -> session.client()
                        .createMultipartUpload(r -> r.bucket(session.bucket())
                                .key(session.full(key))
                                .contentType("application/octet-stream")
                                .metadata(Map.of(S3ObjectStore.SHA256, expectedSha256)))
                        .uploadId());
    }

    private byte[] hashPart(InputStream in, byte[] block, int number) throws IOException {
        MessageDigest md5 = FileHash.md5();
        Meter meter = new Meter(session.context(), "read", sizes.length(number));
        long left = sizes.length(number);
        while (left > 0) {
            int length = in.read(block, 0, (int) Math.min(block.length, left));
            if (length < 0) {
                throw new IOException(file + " became shorter while it was sent");
            }
            md5.update(block, 0, length);
            sha256.update(block, 0, length);
            left -= length;
            meter.add(length);
        }
        return md5.digest();
    }

    private void sendUnlessThere(String upload, int number, byte[] md5, Optional<Part> there) {
        String etag = FileHash.hex(md5);
        boolean found = there.filter(part -> part.size() == sizes.length(number))
                .map(part -> unquoted(part.eTag()).equals(etag))
                .orElse(false);
        if (found) {
            partsFound++;
        }
        String told = found ? etag : send(upload, number, md5);
        completed.add(CompletedPart.builder().partNumber(number).eTag(told).build());
    }

    private String send(String upload, int number, byte[] md5) {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(session.bucket())
                .key(session.full(key))
                .uploadId(upload)
                .partNumber(number)
                .contentLength(sizes.length(number))
                .contentMD5(Base64.getEncoder().encodeToString(md5))
                .overrideConfiguration(
                        o -> o.apiCallAttemptTimeout(session.timing().part()))
                .build();
        String doing = "sending part " + number + " of " + sizes.count() + " of " + key;
        try (FilePart body = new FilePart(file, sizes.offset(number), sizes.length(number))) {
            return session.transfer(
                    doing,
                    () -> progress(number, body.sent()),
                    () -> session.client()
                            .uploadPart(
                                    request,
                                    RequestBody.fromContentProvider(body, body.length(), "application/octet-stream"))
                            .eTag());
        }
    }

    private Progress progress(int number, long sentOfPart) {
        String detail = "part " + number + " of " + sizes.count();
        return Meter.bytes("upload", sizes.offset(number) + sentOfPart, sizes.bytes(), detail);
    }

    private void complete(String upload) {
        session.call("completing " + key, () -> {
            try {
                return session.client()
                        .completeMultipartUpload(r -> r.bucket(session.bucket())
                                .key(session.full(key))
                                .uploadId(upload)
                                .multipartUpload(parts -> parts.parts(completed)));
            } catch (AwsServiceException answer) {
                if (S3Failures.isCode(answer, "NoSuchUpload")) {
                    // The answer to an earlier try was lost; whether the object is whole is asked next.
                    return answer;
                }
                throw answer;
            }
        });
    }

    private AbortMultipartUploadResponse abort(String upload) {
        return session.client()
                .abortMultipartUpload(
                        r -> r.bucket(session.bucket()).key(session.full(key)).uploadId(upload));
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
