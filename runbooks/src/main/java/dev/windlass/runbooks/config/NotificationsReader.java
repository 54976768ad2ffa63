package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Notifications.Email;
import dev.windlass.runbooks.config.Notifications.Email.Encryption;
import dev.windlass.runbooks.config.Notifications.Slack;
import dev.windlass.runbooks.config.Notifications.Webhook;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code notifications:} */
final class NotificationsReader {
    private static final Pattern CHANNEL_ID = Pattern.compile("[CG][A-Z0-9]{8,}");
    private static final Form<String> USER = Forms.text("the user of the mail server", 200);

    private static final Form<String> CHANNEL = new Form<>("the id of a channel, C…", "missing", scalar -> {
        String channel = scalar.requireText();
        // Not repeated unless it is a name: the token may stand here by mistake.
        if (!CHANNEL_ID.matcher(channel).matches()) {
            throw new Misfit(
                    (channel.startsWith("#") ? "\"" + channel + "\" is" : "is") + " not the id of a channel",
                    "open the channel's details in Slack and copy the id at their end, C…");
        }
        return channel;
    });

    private NotificationsReader() {}

    static Notifications read(Section section) {
        Notifications notifications = new Notifications(
                section.find("temporal_ui", NetworkForms.PAGE),
                section.findSection("slack").map(NotificationsReader::readSlack),
                section.findSection("email").map(NotificationsReader::readEmail),
                section.findSection("webhook").map(NotificationsReader::readWebhook));
        section.refuseOtherKeys();
        return notifications;
    }

    private static Slack readSlack(Section section) {
        String api = section.get("api", NetworkForms.SERVICE, "https://slack.com/api/");
        Slack slack = new Slack(
                section.need("token", SecretForm.SECRET),
                section.need("channel", CHANNEL),
                api.endsWith("/") ? api : api + "/");
        section.refuseOtherKeys();
        return slack;
    }

    private static Email readEmail(Section section) {
        Encryption encryption = section.get("encryption", Forms.choice(Encryption.class), Encryption.STARTTLS);
        String host = section.need("host", NetworkForms.HOST_NAME);
        Optional<String> user = section.find("user", USER);
        Optional<SecretReference> password = section.find("password", SecretForm.SECRET);
        List<String> to = section.list("to", NetworkForms.MAIL_ADDRESS);
        if (to.isEmpty() && !section.hasItems("to")) {
            section.report("to", "has no address", "write at least one address");
        }
        if (section.has("user") != section.has("password")) {
            section.reportItself("has only one of user and password", "write both, or none");
        }
        if (encryption == Encryption.NONE && section.has("password") && !NetworkForms.isThisMachine(host)) {
            section.report(
                    "encryption", "is none, so the password would travel in clear text", "write starttls or tls");
        }
        Email email = new Email(
                host,
                section.get("port", NetworkForms.PORT, defaultPort(encryption)),
                encryption,
                user,
                password,
                section.need("from", NetworkForms.MAIL_ADDRESS),
                to);
        section.refuseOtherKeys();
        return email;
    }

    /** RFC 8314 for submission; 25 is what a relay on the same machine listens on. */
    private static int defaultPort(Encryption encryption) {
        return switch (encryption) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case TLS -> 465;
        };
    }

    private static Webhook readWebhook(Section section) {
        Webhook webhook =
                new Webhook(section.need("url", NetworkForms.SERVICE), section.find("secret", SecretForm.SECRET));
        section.refuseOtherKeys();
        return webhook;
    }
}
