package dev.windlass.worker.slack;

import java.util.Optional;

/**
 * What somebody did in Slack, by its ids; nothing of it is believed yet.
 *
 * @param approval what stands in the button
 * @param action the button's name
 * @param reason from the dialog; none for a button
 * @param trigger opens a dialog for the person, within three seconds
 */
record Click(
        String team,
        String app,
        String user,
        String channel,
        String messageTs,
        String actionTs,
        String approval,
        String action,
        Optional<String> reason,
        String trigger) {
    /** The same for the same click, however often it is delivered. */
    String updateId() {
        return "slack/" + actionTs + "/" + user;
    }
}
