package dev.windlass.testbed.r2;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the rules may look up in the storage behind S3Proxy. */
final class Storage {
    record Stored(String etag, Instant lastModified) {}

    record StoredPart(String etag, long bytes) {}

    private final BlobStore blobs;

    Storage(BlobStore blobs) {
        this.blobs = blobs;
    }

    Optional<Stored> object(String bucket, String key) {
        try {
            if (!blobs.containerExists(bucket)) {
                return Optional.empty();
            }
            HeadObjectResponse head = blobs.blobMetadataIfPresent(bucket, key);
            return Optional.ofNullable(head).map(h -> new Stored(unquoted(h.eTag()), h.lastModified()));
        } catch (S3Exception e) {
            return Optional.empty();
        }
    }

    boolean hasUpload(String bucket, String key, String uploadId) {
        return blobs.containerExists(bucket)
                && blobs.listMultipartUploads(bucket).stream()
                        .anyMatch(u -> u.uploadId().equals(uploadId) && u.key().equals(key));
    }

    /** Parts by number. */
    Map<Integer, StoredPart> parts(String bucket, String key, String uploadId) {
        var request =
                CreateMultipartUploadRequest.builder().bucket(bucket).key(key).build();
        return blobs.listMultipartUpload(new MultipartUpload(uploadId, request)).stream()
                .collect(Collectors.toMap(Part::partNumber, p -> new StoredPart(unquoted(p.eTag()), p.size())));
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
