package dev.windlass.activities.notify;

import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Texts as Slack takes them. */
final class SlackText {
    /** https://docs.slack.dev/reference/block-kit/blocks/header-block and …/section-block . */
    static final int HEADER = 150;

    static final int SECTION = 3000;
    static final int FIELD = 2000;
    /** https://docs.slack.dev/reference/methods/chat.postMessage asks for no more. */
    static final int TEXT = 4000;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private SlackText() {}

    /** Names of tables and files hold underscores and asterisks: they are no markup. */
    static PlainTextObject plain(String text) {
        return PlainTextObject.builder().text(text).emoji(false).build();
    }

    /** @param text with markup of ours, everything else in it escaped */
    static MarkdownTextObject markup(String text) {
        return MarkdownTextObject.builder().text(text).build();
    }

    /** https://docs.slack.dev/messaging/formatting-message-text : these three and no others. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Between backticks nothing is markup; one in the text would end it. Each line is on its own. */
    static String code(String text) {
        return String.join(
                "\n",
                text.strip()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> "`" + escape(line.replace('`', '\'')) + "`")
                        .toList());
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " / ");
    }

    /** In the reader's own time zone. */
    static String time(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{date_short_pretty} {time}|" + UTC.format(at) + ">";
    }
}
