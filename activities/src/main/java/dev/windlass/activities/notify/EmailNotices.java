package dev.windlass.activities.notify;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications.Email;
import dev.windlass.runbooks.notify.NotificationCalls;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.PostReceipt;
import dev.windlass.workflows.notify.PostReceipt.Delivery;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** Sends notices by SMTP. Delivery is at least once; the Message-ID stays, so mail servers and readers drop the second. */
final class EmailNotices implements NoticeChannel {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Email settings;
    private final Secrets secrets;
    private final RunLinks links;
    private final Duration patience;
    private final Clock clock;
    private final MailFailures failures;

    EmailNotices(Email settings, Secrets secrets, RunLinks links, Duration patience, Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.links = links;
        this.patience = patience;
        this.clock = clock;
        this.failures = new MailFailures(settings);
    }

    @Override
    public PostReceipt post(Notice notice, StepContext step) {
        Optional<String> password = settings.password().map(secrets::resolve);
        Session session = Session.getInstance(properties(password.isPresent()));
        NoticeMail mail = new NoticeMail(session, notice);
        try {
            mail.setFrom(new InternetAddress(settings.from(), true));
            mail.setRecipients(Message.RecipientType.TO, recipients());
            mail.setSentDate(Date.from(clock.instant()));
            mail.setSubject(notice.headline(), StandardCharsets.UTF_8.name());
            mail.setText(NoticeText.whole(notice, links.to(notice)) + "\n", StandardCharsets.UTF_8.name());
            // RFC 3834: nobody's holiday note answers it.
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.saveChanges();
        } catch (MessagingException malformed) {
            throw NotificationFailures.refused(
                    failures.who(),
                    Failure.messageOf(malformed),
                    "correct from and to of notifications.email in ops.yml",
                    malformed);
        }
        step.begun(NotificationCalls.sendMail(settings));
        send(session, mail, password);
        return new PostReceipt(ChannelName.EMAIL, mail.id(), Delivery.POSTED);
    }

    private void send(Session session, NoticeMail mail, Optional<String> password) {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(settings.user().orElse(null), password.orElse(null));
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException failed) {
            throw failures.translate(failed);
        }
    }

    private Address[] recipients() throws MessagingException {
        Address[] all = new Address[settings.to().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new InternetAddress(settings.to().get(i), true);
        }
        return all;
    }

    /** https://eclipse-ee4j.github.io/angus-mail/docs/api/org.eclipse.angus.mail/org/eclipse/angus/mail/smtp/package-summary.html */
    private Properties properties(boolean authenticated) {
        String wait = Long.toString(patience.toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.connectiontimeout", wait);
        properties.setProperty("mail.smtp.timeout", wait);
        properties.setProperty("mail.smtp.writetimeout", wait);
        properties.setProperty("mail.smtp.auth", Boolean.toString(authenticated));
        // One address that is gone must not keep the news from the others.
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.encryption()) {
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                // Without it a man in the middle only has to hide the offer.
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }
}
