package dev.windlass.activities.notify;

import dev.windlass.workflows.notify.Notice;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A message whose id is made from the notice's, so that every attempt sends the same one. */
final class NoticeMail extends MimeMessage {
    private final String id;

    NoticeMail(Session session, Notice notice) {
        super(session);
        this.id = "<" + hash(notice.id()) + "@windlass>";
    }

    String id() {
        return id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
