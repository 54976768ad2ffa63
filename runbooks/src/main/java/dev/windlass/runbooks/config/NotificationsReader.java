package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Notifications.Buttons;
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

    private static final Form<String> TEAM = id(
            "a workspace, T…", Pattern.compile("[TE][A-Z0-9]{8,}"), "copy it from the address app.slack.com/client/T…");

    private static final Form<String> APP =
            id("an app, A…", Pattern.compile("A[A-Z0-9]{8,}"), "copy App ID from the app's Basic Information, A…");

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
        String channel = section.need("channel", CHANNEL);
        Slack slack = new Slack(
                section.need("token", SecretForm.SECRET),
                channel,
                api.endsWith("/") ? api : api + "/",
                section.get("approvals_channel", CHANNEL, channel),
                readButtons(section));
        section.refuseOtherKeys();
        return slack;
    }

    private static Optional<Buttons> readButtons(Section section) {
        Optional<String> team = section.find("team", TEAM);
        Optional<String> app = section.find("app", APP);
        Optional<SecretReference> appToken = section.find("app_token", SecretForm.SECRET);
        Optional<SecretReference> signingSecret = section.find("signing_secret", SecretForm.SECRET);
        boolean hasSecret = section.has("app_token") || section.has("signing_secret");
        boolean hasAny = hasSecret || section.has("team") || section.has("app");
        if (hasAny && !(hasSecret && section.has("team") && section.has("app"))) {
            section.reportItself(
                    "has only a part of what buttons need",
                    "write team, app, and one of app_token and signing_secret; or none of them");
        }
        return team.isEmpty() || app.isEmpty() || appToken.isEmpty() && signingSecret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Buttons(team.get(), app.get(), appToken, signingSecret));
    }

    /** Not repeated: a token may stand here by mistake. */
    private static Form<String> id(String what, Pattern form, String where) {
        return new Form<>("the id of " + what, "missing", scalar -> {
            String id = scalar.requireText();
            if (!form.matcher(id).matches()) {
                throw new Misfit("is not the id of " + what, where);
            }
            return id;
        });
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
