package dev.windlass.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.SectionBlock;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
    @Test
    void staysWithinSlacksLimitsHoweverMuchThereIsToSay() {
        Notice talkative = new Notice("i", Severity.BAD, "x".repeat(5000), List.of("y".repeat(5000)), "w", "r");

        ChatPostMessageRequest message = SlackMessage.of(talkative, Optional.empty(), "C0TESTBED");

        HeaderBlock header = (HeaderBlock) message.getBlocks().get(0);
        SectionBlock section = (SectionBlock) message.getBlocks().get(1);
        assertThat(header.getText().getText()).hasSize(150).startsWith("🚨 x").endsWith("x…");
        assertThat(section.getText().getText()).hasSize(3000).startsWith("xx").endsWith("x…");
        assertThat(message.getText()).hasSize(4000);
    }

    @Test
    void aNoticeOfOneLineHasNoEmptySection() {
        ChatPostMessageRequest message = SlackMessage.of(Notices.named("i"), Optional.empty(), "C0TESTBED");

        assertThat(message.getBlocks()).hasSize(2);
        assertThat(message.getText()).isEqualTo("✅ backup proven: app 1 MB");
    }
}
