package dev.windlass.activities.notify;

import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.TextObject;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question as a Slack message: what is asked stays visible for ever, the buttons go when it is decided.
 *
 * @param text for what shows no blocks
 */
record QuestionMessage(String text, List<LayoutBlock> blocks, Message.Metadata metadata) {
    static final String EVENT = "windlass_question";
    static final String ID = "id";

    /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
    private static final int FIELDS = 10;
    /** Far below Slack's 50 blocks, and still more than anybody reads. */
    private static final int FACTS = 40;

    enum Buttons {
        SHOWN,
        LEFT_OUT
    }

    static QuestionMessage of(QuestionView view, QuestionWords words, Optional<String> link, Buttons buttons) {
        Question question = view.question();
        List<LayoutBlock> blocks = new ArrayList<>();
        String headline = QuestionWords.headline(view);
        blocks.add(HeaderBlock.builder()
                .text(SlackText.plain(NoticeText.atMost(SlackText.HEADER, headline)))
                .build());
        String approvers = words.approvers(view);
        blocks.add(section("*Asked by* " + words.asker(view)
                + (QuestionWords.isOpen(view) && !approvers.isEmpty() ? "\n*To be answered by* " + approvers : "")));
        blocks.add(section("*Plan digest* `" + question.digest().abbreviated() + "`\n`" + question.digest() + "`"));
        blocks.addAll(facts(question));
        if (!question.steps().isEmpty()) {
            blocks.add(section("*Steps*\n" + steps(question.steps())));
        }
        List<String> standing = words.standing(view);
        if (!standing.isEmpty()) {
            blocks.add(section(String.join("\n", standing)));
        }
        if (QuestionWords.isOpen(view)) {
            if (buttons == Buttons.SHOWN) {
                blocks.add(QuestionButtons.of(question));
            }
            blocks.add(context((buttons == Buttons.SHOWN ? "or on the command line: " : "answer on the command line: ")
                    + QuestionWords.onTheCommandLine(view)));
        }
        blocks.add(context(origin(question, link)));
        String text = SlackText.escape(headline) + (standing.isEmpty() ? "" : "\n" + String.join("\n", standing));
        return new QuestionMessage(NoticeText.atMost(SlackText.TEXT, text), blocks, metadata(question));
    }

    private static List<LayoutBlock> facts(Question question) {
        List<TextObject> fields = new ArrayList<>();
        question.facts()
                .forEach((name, value) -> fields.add(SlackText.markup(NoticeText.atMost(
                        SlackText.FIELD, "*" + SlackText.escape(name) + "*\n" + SlackText.code(shortened(value))))));
        List<LayoutBlock> blocks = new ArrayList<>();
        int shown = Math.min(fields.size(), FACTS);
        for (int from = 0; from < shown; from += FIELDS) {
            blocks.add(SectionBlock.builder()
                    .fields(fields.subList(from, Math.min(shown, from + FIELDS)))
                    .build());
        }
        if (fields.size() > shown) {
            blocks.add(context("and " + (fields.size() - shown) + " more: `windlass approvals " + question.id() + "`"));
        }
        return blocks;
    }

    /** Cut before it is marked up: a cut in an escape or between backticks would show. */
    private static String shortened(String value) {
        return NoticeText.atMost(300, value);
    }

    private static String steps(List<String> titles) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < titles.size(); i++) {
            String line = (i + 1) + ". " + SlackText.escape(shortened(SlackText.oneLine(titles.get(i)))) + "\n";
            if (lines.length() + line.length() > SlackText.SECTION - 100) {
                return lines + "… and " + (titles.size() - i) + " more";
            }
            lines.append(line);
        }
        return lines.toString().stripTrailing();
    }

    private static String origin(Question question, Optional<String> link) {
        String run =
                question.runbook() + " · workflow " + SlackText.escape(question.workflowId()) + " · " + question.id();
        return link.map(url -> "<" + SlackText.escape(url) + "|Open the run> · " + run)
                .orElse(run);
    }

    private static Message.Metadata metadata(Question question) {
        return Message.Metadata.builder()
                .eventType(EVENT)
                .eventPayload(Map.of(
                        ID, question.id().value(), "workflow_id", question.workflowId(), "run_id", question.runId()))
                .build();
    }

    private static LayoutBlock section(String markup) {
        return SectionBlock.builder()
                .text(SlackText.markup(NoticeText.atMost(SlackText.SECTION, markup)))
                .build();
    }

    private static LayoutBlock context(String markup) {
        return ContextBlock.builder()
                .elements(List.of(SlackText.markup(NoticeText.atMost(SlackText.FIELD, markup))))
                .build();
    }
}
