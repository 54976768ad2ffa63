package dev.windlass.testbed.r2;

import java.util.HashSet;
import java.util.Set;

/**
 * The S3 operations R2 implements, https://developers.cloudflare.com/r2/api/s3/api/ . Everything else is
 * {@link #UNIMPLEMENTED}: an allow-list, so that a query parameter nobody thought of is refused as well.
 */
enum Operation {
    LIST_BUCKETS,
    HEAD_BUCKET,
    CREATE_BUCKET,
    DELETE_BUCKET,
    GET_BUCKET_LOCATION,
    LIST_OBJECTS,
    LIST_UPLOADS,
    DELETE_OBJECTS,
    HEAD_OBJECT,
    GET_OBJECT,
    PUT_OBJECT,
    COPY_OBJECT,
    DELETE_OBJECT,
    CREATE_UPLOAD,
    UPLOAD_PART,
    UPLOAD_PART_COPY,
    COMPLETE_UPLOAD,
    ABORT_UPLOAD,
    LIST_PARTS,
    UNIMPLEMENTED;

    private static final Set<String> LISTING = Set.of(
            "list-type",
            "continuation-token",
            "delimiter",
            "encoding-type",
            "fetch-owner",
            "max-keys",
            "prefix",
            "start-after",
            "marker");
    private static final Set<String> UPLOADS =
            Set.of("uploads", "delimiter", "encoding-type", "key-marker", "max-uploads", "prefix", "upload-id-marker");

    static Operation of(String method, boolean onBucket, boolean onObject, Set<String> query, boolean copies) {
        Set<String> asked = new HashSet<>(query);
        // Presigned URLs, the SDK's operation id, and answer headers: allowed everywhere.
        asked.removeIf(name -> name.startsWith("X-Amz-") || name.equals("x-id") || name.startsWith("response-"));
        if (onObject) {
            return onObject(method, asked, copies);
        }
        return onBucket ? onBucket(method, asked) : onAccount(method, asked);
    }

    private static Operation onAccount(String method, Set<String> asked) {
        return method.equals("GET") && LISTING.containsAll(asked) ? LIST_BUCKETS : UNIMPLEMENTED;
    }

    private static Operation onBucket(String method, Set<String> asked) {
        return switch (method) {
            case "HEAD" -> asked.isEmpty() ? HEAD_BUCKET : UNIMPLEMENTED;
            case "PUT" -> asked.isEmpty() ? CREATE_BUCKET : UNIMPLEMENTED;
            case "DELETE" -> asked.isEmpty() ? DELETE_BUCKET : UNIMPLEMENTED;
            case "POST" -> asked.equals(Set.of("delete")) ? DELETE_OBJECTS : UNIMPLEMENTED;
            case "GET" -> {
                if (asked.equals(Set.of("location"))) {
                    yield GET_BUCKET_LOCATION;
                }
                if (asked.contains("uploads") && UPLOADS.containsAll(asked)) {
                    yield LIST_UPLOADS;
                }
                yield LISTING.containsAll(asked) ? LIST_OBJECTS : UNIMPLEMENTED;
            }
            default -> UNIMPLEMENTED;
        };
    }

    private static Operation onObject(String method, Set<String> asked, boolean copies) {
        boolean upload = asked.contains("uploadId");
        return switch (method) {
            case "HEAD" -> Set.of("partNumber").containsAll(asked) ? HEAD_OBJECT : UNIMPLEMENTED;
            case "GET" -> {
                if (upload
                        && Set.of("uploadId", "max-parts", "part-number-marker").containsAll(asked)) {
                    yield LIST_PARTS;
                }
                yield Set.of("partNumber").containsAll(asked) ? GET_OBJECT : UNIMPLEMENTED;
            }
            case "PUT" -> {
                if (asked.equals(Set.of("uploadId", "partNumber"))) {
                    yield copies ? UPLOAD_PART_COPY : UPLOAD_PART;
                }
                if (asked.isEmpty()) {
                    yield copies ? COPY_OBJECT : PUT_OBJECT;
                }
                yield UNIMPLEMENTED;
            }
            case "POST" -> {
                if (asked.equals(Set.of("uploads"))) {
                    yield CREATE_UPLOAD;
                }
                yield asked.equals(Set.of("uploadId")) ? COMPLETE_UPLOAD : UNIMPLEMENTED;
            }
            case "DELETE" -> {
                if (asked.isEmpty()) {
                    yield DELETE_OBJECT;
                }
                yield asked.equals(Set.of("uploadId")) ? ABORT_UPLOAD : UNIMPLEMENTED;
            }
            default -> UNIMPLEMENTED;
        };
    }

    /** Commits an object under the request's key. */
    boolean isWriteOfKey() {
        return this == PUT_OBJECT || this == COPY_OBJECT || this == COMPLETE_UPLOAD;
    }

    /** Its body is a short XML document that a rule must read before anything is forwarded. */
    boolean hasDocument() {
        return this == COMPLETE_UPLOAD || this == DELETE_OBJECTS;
    }
}
