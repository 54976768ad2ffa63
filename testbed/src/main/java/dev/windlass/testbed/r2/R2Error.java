package dev.windlass.testbed.r2;

import java.util.Arrays;
import java.util.Optional;

/**
 * R2's errors. Number, S3 code, status and details as in
 * https://developers.cloudflare.com/r2/api/error-codes/ ; number 0 where that page has none.
 */
enum R2Error {
    INTERNAL(10001, "InternalError", 500, "We encountered an internal error. Please try again."),
    UNAUTHORIZED(10002, "Unauthorized", 401, "Missing or invalid authentication credentials."),
    ACCESS_DENIED(10003, "AccessDenied", 403, "Insufficient permissions for the requested operation."),
    INVALID_BUCKET_NAME(10005, "InvalidBucketName", 400, "Bucket name does not meet naming requirements."),
    NO_SUCH_BUCKET(10006, "NoSuchBucket", 404, "The specified bucket does not exist."),
    NO_SUCH_KEY(10007, "NoSuchKey", 404, "The specified key does not exist."),
    ENTITY_TOO_SMALL(10011, "EntityTooSmall", 400, "Multipart part is below minimum size (5 MiB)."),
    METADATA_TOO_LARGE(10012, "MetadataTooLarge", 400, "Custom metadata exceeds the 8,192 byte limit."),
    INCOMPLETE_BODY(10013, "IncompleteBody", 400, "Request body terminated before expected Content-Length."),
    INVALID_DIGEST(10014, "InvalidDigest", 400, "Checksum header format is malformed."),
    EXPIRED_REQUEST(10018, "ExpiredRequest", 400, "Presigned URL or request signature has expired."),
    INVALID_OBJECT_NAME(10020, "InvalidObjectName", 400, "Object key contains invalid characters or is too long."),
    NO_SUCH_UPLOAD(10024, "NoSuchUpload", 404, "The specified multipart upload does not exist."),
    MISSING_PART(10025, "InvalidPart", 400, "One or more of the specified parts could not be found."),
    PRECONDITION_FAILED(
            10031, "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold."),
    MISSING_CONTENT_LENGTH(10033, "MissingContentLength", 411, "Content-Length header required but missing."),
    SIGNATURE_DOES_NOT_MATCH(
            10035, "SignatureDoesNotMatch", 403, "The request signature we calculated does not match."),
    BAD_DIGEST(10037, "BadDigest", 400, "Provided checksum does not match the uploaded content."),
    INVALID_RANGE(10039, "InvalidRange", 416, "Requested byte range is not satisfiable."),
    SERVICE_UNAVAILABLE(10043, "ServiceUnavailable", 503, "Service is temporarily unavailable."),
    UNEQUAL_PARTS(10048, "InvalidPart", 400, "All non-trailing parts must have the same length."),
    TOO_MANY_REQUESTS(10058, "TooManyRequests", 429, "Rate limit exceeded (1 write per second per key)."),
    OBJECT_LOCKED(10069, "ObjectLockedByBucketPolicy", 403, "Object is protected by a bucket lock rule."),
    BUCKET_CONFLICT(10073, "BucketConflict", 409, "Bucket name already exists."),
    ENTITY_TOO_LARGE(100100, "EntityTooLarge", 400, "Object exceeds maximum size."),
    INVALID_REGION(0, "InvalidRegionName", 400, "The region name is invalid. Must be auto."),
    INVALID_ARGUMENT(0, "InvalidArgument", 400, "Invalid argument."),
    MALFORMED_XML(0, "MalformedXML", 400, "The XML you provided was not well formed."),
    NOT_IMPLEMENTED(0, "NotImplemented", 501, "Not implemented.");

    private final int number;
    private final String code;
    private final int status;
    private final String message;

    R2Error(int number, String code, int status, String message) {
        this.number = number;
        this.code = code;
        this.status = status;
        this.message = message;
    }

    int number() {
        return number;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    /** What R2 would say where S3Proxy says {@code code}. */
    static Optional<R2Error> ofS3Code(String code) {
        return switch (code) {
            case "InvalidAccessKeyId" -> Optional.of(UNAUTHORIZED);
            case "RequestTimeTooSkewed" -> Optional.of(EXPIRED_REQUEST);
            case "BucketAlreadyOwnedByYou", "BucketAlreadyExists" -> Optional.of(BUCKET_CONFLICT);
            case "XAmzContentSHA256Mismatch" -> Optional.of(BAD_DIGEST);
            default -> Arrays.stream(values()).filter(e -> e.code.equals(code)).findFirst();
        };
    }

    /** The error R2 documents for a status, for faults ordered by status alone. */
    static Optional<R2Error> ofStatus(int status) {
        return switch (status) {
            case 401 -> Optional.of(UNAUTHORIZED);
            case 403 -> Optional.of(ACCESS_DENIED);
            case 412 -> Optional.of(PRECONDITION_FAILED);
            case 429 -> Optional.of(TOO_MANY_REQUESTS);
            case 500 -> Optional.of(INTERNAL);
            case 501 -> Optional.of(NOT_IMPLEMENTED);
            case 503 -> Optional.of(SERVICE_UNAVAILABLE);
            default -> Optional.empty();
        };
    }
}
