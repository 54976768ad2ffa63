package dev.windlass.worker.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser: answers a deploy on Slack's page, then reads its run in the Temporal UI. */
@Tag("integration")
@Timeout(300)
class AnswerInSlackTest {
    @TempDir
    static Path directory;

    private static Stage stage;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        // A busy machine draws a page in more than the five seconds that are the default.
        setDefaultAssertionTimeout(30_000);
        chromium = Chromium.start();
        stage = new Stage(directory);
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        chromium.close();
        stage.close();
    }

    @Test
    void approveRunsTheDeployAndTheTemporalUiTellsIt() throws IOException, InterruptedException {
        stage.app.build("3f2c1ab");
        Stage.Run run = stage.deploy("3f2c1ab");
        Page slack = slackOfBen();
        Locator message = question(slack, "3f2c1ab");
        assertThat(message).containsText("Approve?");
        Page temporal = chromium.page();
        temporal.navigate(stage.page(run, "user-metadata"));
        assertThat(currentDetails(temporal)).containsText("waiting for approval by 1 of ana, ben");
        assertThat(currentDetails(temporal)).containsText("windlass approve deploy-");

        message.getByRole(AriaRole.BUTTON, named("Approve")).click();
        Locator dialog = slack.locator("#confirm");
        assertThat(dialog).containsText("deploy shop prod 3f2c1ab");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Not now"))
                .click();
        assertThat(dialog).isHidden();
        message.getByRole(AriaRole.BUTTON, named("Approve")).click();
        dialog.getByRole(AriaRole.BUTTON, named("Approve")).click();

        assertThat(message).containsText("approved by @Ben");
        assertThat(message.getByRole(AriaRole.BUTTON)).hasCount(0);
        stage.awaitEnd(run);
        assertThat(stage.app.answer()).contains("3f2c1ab");
        temporal.reload();
        assertThat(summary(temporal)).hasText("deploy shop prod 3f2c1ab");
        assertThat(currentDetails(temporal))
                .containsText("✔ Wait until 3f2c1ab is healthy, 3 times in a row within 10 s");
        assertThat(currentDetails(temporal)).containsText("✔ Tell the team");
        assertThat(currentDetails(temporal)).not().containsText("waiting");
        Locator labels = temporal.locator("main");
        assertThat(labels).containsText("Start 3f2c1ab in slot");
        assertThat(labels).containsText("Point nginx at slot");
        assertThat(labels).containsText("tell: shop prod serves 3f2c1ab, its first version");
        temporal.navigate(stage.page(run, "history"));
        assertThat(temporal.locator("main")).containsText("Completed");
        assertThat(temporal.locator("main")).containsText("\"outcome\": \"deployed\"");
    }

    @Test
    void rejectAsksForAReasonThatTheRunEndsWith() throws IOException, InterruptedException {
        stage.app.build("57e09aa");
        String before = stage.app.answer();
        Stage.Run run = stage.deploy("57e09aa");
        Page slack = slackOfBen();
        Locator message = question(slack, "57e09aa");

        message.getByRole(AriaRole.BUTTON, named("Reject…")).click();
        Locator dialog = slack.locator("#view");
        dialog.locator("textarea").fill("wait for the fix of the basket");
        dialog.locator("#submit-view").click();

        assertThat(message).containsText("rejected by @Ben");
        assertThat(message).containsText("wait for the fix of the basket");
        stage.awaitEnd(run);
        assertThat(stage.app.answer()).isEqualTo(before);
        Page temporal = chromium.page();
        temporal.navigate(stage.page(run, "user-metadata"));
        assertThat(summary(temporal)).hasText("deploy shop prod 57e09aa");
        assertThat(temporal.locator("main"))
                .containsText("tell: deploy of 57e09aa to shop prod was not approved: ben rejected it");
        temporal.navigate(stage.page(run, "history"));
        assertThat(temporal.locator("main")).containsText("\"outcome\": \"not-approved\"");
        assertThat(temporal.locator("main"))
                .containsText("\"reason\": \"ben rejected it: wait for the fix of the basket\"");
    }

    /** The UI shows Markdown in frames: the summary first, the current details last. */
    private static Locator summary(Page temporal) {
        return temporal.frameLocator("main iframe").first().locator("body");
    }

    private static Locator currentDetails(Page temporal) {
        return temporal.frameLocator("main iframe").last().locator("body");
    }

    private static Page slackOfBen() {
        Page page = chromium.page();
        page.navigate(stage.slack.url() + "/");
        page.locator("#user").selectOption(Stage.BEN);
        return page;
    }

    private static Locator question(Page slack, String version) {
        Locator message = slack.locator(
                        "article.message", new Page.LocatorOptions().setHasText("deploy shop prod " + version))
                .first();
        message.waitFor();
        return message;
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
