package dev.windlass.testbed.r2;

import java.nio.charset.StandardCharsets;

/** An error answer: R2's code, and what was wrong with this request. */
record Refusal(int status, String code, String message) {
    static Refusal of(R2Error error) {
        return new Refusal(error.status(), error.code(), error.message());
    }

    static Refusal of(R2Error error, String detail) {
        return new Refusal(error.status(), error.code(), error.message() + " " + detail);
    }

    /** The body, as https://developers.cloudflare.com/r2/api/error-codes/ shows it. */
    byte[] xml() {
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                + message.replace("&", "&amp;").replace("<", "&lt;") + "</Message></Error>";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
