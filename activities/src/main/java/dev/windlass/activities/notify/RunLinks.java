package dev.windlass.activities.notify;

import dev.windlass.workflows.notify.Notice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Links to a run in the Temporal UI.
 *
 * @param ui its base URL as the team reaches it
 */
record RunLinks(Optional<String> ui, String namespace) {
    Optional<String> to(Notice notice) {
        return to(notice.workflowId(), notice.runId());
    }

    Optional<String> to(String workflowId, String runId) {
        return ui.map(base -> (base.endsWith("/") ? base : base + "/") + "namespaces/" + segment(namespace)
                + "/workflows/" + segment(workflowId) + "/" + segment(runId));
    }

    /** A workflow id may hold a slash: lock/app. */
    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
