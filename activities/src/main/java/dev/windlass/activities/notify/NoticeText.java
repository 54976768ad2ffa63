package dev.windlass.activities.notify;

import dev.windlass.workflows.notify.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A notice in plain text. */
final class NoticeText {
    private NoticeText() {}

    /** Headline, lines, link. */
    static String whole(Notice notice, Optional<String> link) {
        List<String> all = new ArrayList<>();
        all.add(notice.headline());
        all.addAll(notice.lines());
        link.ifPresent(url -> all.add("run: " + url));
        return String.join("\n", all);
    }

    /**
     * With an ellipsis where it was cut. Counts UTF-16 units, which are never fewer than characters however those are
     * counted, and cuts no character in two.
     */
    static String atMost(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
