package dev.windlass.activities.notify;

import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import dev.windlass.workflows.notify.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A notice as a Slack message: blocks for reading, text for what shows no blocks, metadata for finding it again. */
final class SlackMessage {
    static final String EVENT = "windlass_notice";
    static final String ID = "id";

    private SlackMessage() {}

    static ChatPostMessageRequest of(Notice notice, Optional<String> link, String channel) {
        return ChatPostMessageRequest.builder()
                .channel(channel)
                .text(SlackText.escape(
                        NoticeText.atMost(SlackText.TEXT, mark(notice) + NoticeText.whole(notice, Optional.empty()))))
                .blocks(blocks(notice, link))
                .metadata(Message.Metadata.builder()
                        .eventType(EVENT)
                        .eventPayload(
                                Map.of(ID, notice.id(), "workflow_id", notice.workflowId(), "run_id", notice.runId()))
                        .build())
                .unfurlLinks(false)
                .unfurlMedia(false)
                .build();
    }

    private static List<LayoutBlock> blocks(Notice notice, Optional<String> link) {
        List<LayoutBlock> blocks = new ArrayList<>();
        String headline = mark(notice) + notice.headline();
        String header = NoticeText.atMost(SlackText.HEADER, headline);
        blocks.add(HeaderBlock.builder().text(SlackText.plain(header)).build());
        List<String> below = new ArrayList<>();
        if (!header.equals(headline)) {
            below.add(notice.headline());
        }
        below.addAll(notice.lines());
        String section = String.join("\n", below);
        if (!section.isBlank()) {
            blocks.add(SectionBlock.builder()
                    .text(SlackText.plain(NoticeText.atMost(SlackText.SECTION, section)))
                    .build());
        }
        blocks.add(ContextBlock.builder()
                .elements(List.of(
                        MarkdownTextObject.builder().text(origin(notice, link)).build()))
                .build());
        return blocks;
    }

    private static String origin(Notice notice, Optional<String> link) {
        String workflow =
                "workflow " + SlackText.escape(notice.workflowId()) + ", run " + SlackText.escape(notice.runId());
        return link.map(url -> "<" + SlackText.escape(url) + "|Open the run> · " + workflow)
                .orElse(workflow);
    }

    private static String mark(Notice notice) {
        return switch (notice.severity()) {
            case GOOD -> "✅ ";
            case BAD -> "🚨 ";
        };
    }
}
