package dev.windlass.workflows.dns;

import java.util.Optional;

/**
 * What a healthy machine answers under the name of a record.
 *
 * @param record its id
 * @param body text of the answer
 */
public record RecordCheck(String record, String url, int status, Optional<String> body) {}
