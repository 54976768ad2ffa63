package dev.windlass.activities.notify;

import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import dev.windlass.workflows.notify.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A notice as a Slack message: blocks for reading, text for what shows no blocks, metadata for finding it again. */
final class SlackMessage {
    static final String EVENT = "windlass_notice";
    static final String ID = "id";

    /** https://docs.slack.dev/reference/block-kit/blocks/header-block and …/section-block . */
    private static final int HEADER = 150;

    private static final int SECTION = 3000;
    /** https://docs.slack.dev/reference/methods/chat.postMessage asks for no more. */
    private static final int TEXT = 4000;

    private SlackMessage() {}

    static ChatPostMessageRequest of(Notice notice, Optional<String> link, String channel) {
        return ChatPostMessageRequest.builder()
                .channel(channel)
                .text(escape(NoticeText.atMost(TEXT, mark(notice) + NoticeText.whole(notice, Optional.empty()))))
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
        String header = NoticeText.atMost(HEADER, headline);
        blocks.add(HeaderBlock.builder().text(plain(header)).build());
        List<String> below = new ArrayList<>();
        if (!header.equals(headline)) {
            below.add(notice.headline());
        }
        below.addAll(notice.lines());
        String section = String.join("\n", below);
        if (!section.isBlank()) {
            blocks.add(SectionBlock.builder()
                    .text(plain(NoticeText.atMost(SECTION, section)))
                    .build());
        }
        blocks.add(ContextBlock.builder()
                .elements(List.of(
                        MarkdownTextObject.builder().text(origin(notice, link)).build()))
                .build());
        return blocks;
    }

    private static String origin(Notice notice, Optional<String> link) {
        String workflow = "workflow " + escape(notice.workflowId()) + ", run " + escape(notice.runId());
        return link.map(url -> "<" + escape(url) + "|Open the run> · " + workflow)
                .orElse(workflow);
    }

    /** Names of tables and files hold underscores and asterisks: they are no markup. */
    private static PlainTextObject plain(String text) {
        return PlainTextObject.builder().text(text).emoji(false).build();
    }

    private static String mark(Notice notice) {
        return switch (notice.severity()) {
            case GOOD -> "✅ ";
            case BAD -> "🚨 ";
        };
    }

    /** https://docs.slack.dev/messaging/formatting-message-text : these three and no others. */
    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
