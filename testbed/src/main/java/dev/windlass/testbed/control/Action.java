package dev.windlass.testbed.control;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a fault does to a request. */
public sealed interface Action {
    /** Answers this HTTP status in the double's own error format; the request has no effect. */
    record Status(int code) implements Action {
        public Status {
            if (code < 400 || code > 599) {
                throw new IllegalArgumentException("fault status " + code + " is not an error status");
            }
        }
    }

    /** No answer and no effect until the faults are deleted; then the connection is closed. */
    record Hang() implements Action {}

    /** A request body is read for that many bytes, an answer is sent for that many, then the connection is closed. */
    record CutAfter(long bytes) implements Action {}

    /** One bit of the answer's body is flipped. */
    record CorruptDownload() implements Action {}

    /** Credentials count as expired. */
    record ExpireKey() implements Action {}

    /** The request takes effect, and then the connection is closed instead of an answer. */
    record DropAnswer() implements Action {}

    Pattern STATUS = Pattern.compile("status (\\d{3})");
    Pattern CUT = Pattern.compile("cut-after (\\d+)( bytes)?");

    static Action parse(String text) {
        Matcher status = STATUS.matcher(text);
        if (status.matches()) {
            return new Status(Integer.parseInt(status.group(1)));
        }
        Matcher cut = CUT.matcher(text);
        if (cut.matches()) {
            return new CutAfter(Long.parseLong(cut.group(1)));
        }
        return switch (text) {
            case "hang" -> new Hang();
            case "corrupt-download" -> new CorruptDownload();
            case "expire-key" -> new ExpireKey();
            case "drop-answer" -> new DropAnswer();
            default ->
                throw new IllegalArgumentException("unknown action '" + text + "', known are status NNN, hang,"
                        + " cut-after N bytes, corrupt-download, expire-key, drop-answer");
        };
    }
}
