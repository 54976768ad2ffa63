package dev.windlass.activities.notify;

import dev.windlass.runbooks.config.Notifications.Email;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.security.cert.CertPathBuilderException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** From what a mail server answers to what a person reads: RFC 5321 4.2.1, 4xx may pass, 5xx will not. */
final class MailFailures {
    private static final Pattern REPLY = Pattern.compile("(?:^|response: )([245]\\d\\d)\\b");

    private final Email settings;

    MailFailures(Email settings) {
        this.settings = settings;
    }

    String who() {
        return "mail server " + settings.host() + ":" + settings.port();
    }

    ApplicationFailure translate(MessagingException failed) {
        List<Throwable> all = chain(failed);
        List<Address> reached = addresses(all);
        String fact = fact(all);
        if (!reached.isEmpty()) {
            // Not tried again: those who have it would get it twice.
            return NotificationFailures.refused(
                    who(),
                    fact + ", but took it for "
                            + reached.stream().map(Address::toString).collect(Collectors.joining(", ")),
                    "correct to of notifications.email in ops.yml",
                    failed);
        }
        OptionalInt reply = reply(all);
        if (reply.isPresent() ? reply.getAsInt() < 500 : !isForGood(all)) {
            return NotificationFailures.unavailable(who(), fact, failed);
        }
        return NotificationFailures.refused(who(), fact, hint(all), failed);
    }

    private String hint(List<Throwable> all) {
        if (has(all, AuthenticationFailedException.class)) {
            return "renew user and password of notifications.email in ops.yml"
                    + settings.password()
                            .map(SecretReference::value)
                            .map(at -> ": " + at)
                            .orElse("");
        }
        if (has(all, SSLException.class)) {
            return "the certificate must be valid for " + settings.host()
                    + ", and host, port and encryption fit together";
        }
        if (has(all, SMTPAddressFailedException.class) || has(all, SMTPSenderFailedException.class)) {
            return "correct from and to of notifications.email in ops.yml, or let the server relay for them";
        }
        return "correct host, port and encryption of notifications.email in ops.yml";
    }

    /** Without a reply: only what time does not heal. Everything else is a matter of networks. */
    private static boolean isForGood(List<Throwable> all) {
        return has(all, AuthenticationFailedException.class)
                || has(all, CertPathBuilderException.class)
                || all.stream()
                        .anyMatch(each -> String.valueOf(each.getMessage()).contains("STARTTLS is required"));
    }

    private static String fact(List<Throwable> all) {
        Throwable telling = all.stream()
                .filter(each -> codeOf(each).isPresent())
                .reduce((first, second) -> second)
                .orElse(all.getLast());
        String message = telling.getMessage();
        return message == null
                ? telling.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static OptionalInt reply(List<Throwable> all) {
        return all.stream()
                .map(MailFailures::codeOf)
                .flatMapToInt(OptionalInt::stream)
                .reduce((first, second) -> second);
    }

    private static OptionalInt codeOf(Throwable thrown) {
        return switch (thrown) {
            case SMTPAddressFailedException address -> OptionalInt.of(address.getReturnCode());
            case SMTPSenderFailedException sender -> OptionalInt.of(sender.getReturnCode());
            case SMTPSendFailedException sending -> OptionalInt.of(sending.getReturnCode());
            case MessagingException other -> spoken(other.getMessage());
            default -> OptionalInt.empty();
        };
    }

    /** Greeting and authentication: the reply is only in the text. */
    private static OptionalInt spoken(@Nullable String message) {
        Matcher matcher = REPLY.matcher(message == null ? "" : message);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static List<Address> addresses(List<Throwable> all) {
        return all.stream()
                .filter(SendFailedException.class::isInstance)
                .map(each -> ((SendFailedException) each).getValidSentAddresses())
                .flatMap(sent -> sent == null ? Stream.empty() : Stream.of(sent))
                .distinct()
                .toList();
    }

    private static boolean has(List<Throwable> all, Class<? extends Throwable> kind) {
        return all.stream().anyMatch(kind::isInstance);
    }

    /** Jakarta Mail links what belongs together by getNextException, which is also its cause. */
    private static List<Throwable> chain(Throwable first) {
        List<Throwable> all = new ArrayList<>();
        for (Throwable at = first; at != null && !all.contains(at); at = at.getCause()) {
            all.add(at);
        }
        return all;
    }
}
