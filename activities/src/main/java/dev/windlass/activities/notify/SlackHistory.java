package dev.windlass.activities.notify;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks for a message that an earlier attempt has posted: https://docs.slack.dev/reference/methods/conversations.history . */
final class SlackHistory {
    /** Longer than any run tries to tell something. */
    static final Duration WINDOW = Duration.ofHours(24);

    static final int PAGE = 200;
    /** Newest first: an earlier attempt of the same step is minutes old. */
    static final int PAGES = 10;

    private final MethodsClient client;
    private final SlackAnswers answers;
    private final String channel;
    private final String event;

    /** @param event the event type of the message's metadata, which holds the id that is looked for */
    SlackHistory(MethodsClient client, SlackAnswers answers, String channel, String event) {
        this.client = client;
        this.answers = answers;
        this.channel = channel;
        this.event = event;
    }

    /**
     * @param oldest it cannot stand there from before
     * @return the message's ts
     */
    Optional<String> find(String id, Instant oldest) {
        String cursor = "";
        for (int page = 0; page < PAGES; page++) {
            ConversationsHistoryResponse answer = read(cursor, oldest);
            Optional<String> found = answer.getMessages().stream()
                    .filter(message -> isIt(message, id))
                    .map(Message::getTs)
                    .findFirst();
            cursor = nextCursor(answer);
            if (found.isPresent() || cursor.isEmpty()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private ConversationsHistoryResponse read(String cursor, Instant oldest) {
        var request = ConversationsHistoryRequest.builder()
                .channel(channel)
                .includeAllMetadata(true)
                .oldest(oldest.getEpochSecond() + ".000000")
                .limit(PAGE);
        if (!cursor.isEmpty()) {
            request.cursor(cursor);
        }
        return answers.take(() -> client.conversationsHistory(request.build()));
    }

    private boolean isIt(Message message, String id) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && event.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && id.equals(metadata.getEventPayload().get(SlackMessage.ID));
    }

    private static String nextCursor(ConversationsHistoryResponse answer) {
        ResponseMetadata metadata = answer.getResponseMetadata();
        return metadata == null || metadata.getNextCursor() == null ? "" : metadata.getNextCursor();
    }
}
