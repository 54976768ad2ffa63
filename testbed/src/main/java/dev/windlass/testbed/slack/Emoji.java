package dev.windlass.testbed.slack;

import java.util.LinkedHashMap;
import java.util.Map;

/** Slack brings its own pictures of emoji; a server has no font for them, so the ones that are used become badges. */
final class Emoji {
    private static final Map<String, String> BADGES = new LinkedHashMap<>();

    static {
        badge("🔐", "ask", "?");
        badge("⏸️", "bad", "II");
        badge("🧯", "ask", "⚑");
        badge("✅", "good", "✔");
        badge("⛔", "bad", "✖");
        badge("⌛", "over", "…");
        badge("↩️", "over", "↩");
        badge("♻️", "over", "♻");
        badge("🚨", "bad", "!");
        badge("⚠️", "bad", "⚠");
    }

    private Emoji() {}

    private static void badge(String emoji, String kind, String sign) {
        BADGES.put(emoji, "<span class=\"emoji " + kind + "\">" + sign + "</span>");
    }

    static String html(String html) {
        String shown = html;
        for (Map.Entry<String, String> badge : BADGES.entrySet()) {
            shown = shown.replace(badge.getKey(), badge.getValue());
        }
        return shown;
    }
}
