package dev.windlass.testbed.slack;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack's markup as HTML: https://docs.slack.dev/messaging/formatting-message-text . */
final class Mrkdwn {
    private static final Pattern TOKEN = Pattern.compile("<([^<>]*)>");
    private static final Pattern DATE = Pattern.compile("!date\\^(\\d+)\\^[^|]*\\|(.*)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM d 'at' HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Interactivity people;

    Mrkdwn(Interactivity people) {
        this.people = people;
    }

    String html(String text) {
        StringBuilder html = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        int from = 0;
        while (token.find()) {
            html.append(marks(text.substring(from, token.start())));
            html.append(special(token.group(1)));
            from = token.end();
        }
        return html.append(marks(text.substring(from))).toString();
    }

    private String special(String inside) {
        if (inside.startsWith("@")) {
            return "<span class=\"mention\">@" + escape(people.nameOf(inside.substring(1))) + "</span>";
        }
        Matcher date = DATE.matcher(inside);
        if (date.matches()) {
            return "<time title=\"" + escape(date.group(2)) + "\">"
                    + TIME.format(Instant.ofEpochSecond(Long.parseLong(date.group(1)))) + " UTC</time>";
        }
        int bar = inside.indexOf('|');
        String url = bar < 0 ? inside : inside.substring(0, bar);
        String label = bar < 0 ? inside : inside.substring(bar + 1);
        return url.matches("https?://.*")
                ? "<a href=\"" + escape(url) + "\" target=\"_blank\">" + escape(label) + "</a>"
                : "&lt;" + escape(inside) + "&gt;";
    }

    private static String marks(String text) {
        StringBuilder html = new StringBuilder();
        Matcher code = CODE.matcher(text);
        int from = 0;
        while (code.find()) {
            html.append(bold(text.substring(from, code.start())));
            html.append("<code>").append(escape(code.group(1))).append("</code>");
            from = code.end();
        }
        return html.append(bold(text.substring(from))).toString();
    }

    private static String bold(String text) {
        return escape(text).replaceAll("\\*([^*\n]+)\\*", "<b>$1</b>").replace("\n", "<br>");
    }

    /** The three that Slack escapes are escaped already. */
    static String escape(String text) {
        return text.replaceAll("&(?!(amp|lt|gt);)", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Plain text: an ampersand is one. */
    static String plain(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "<br>");
    }
}
