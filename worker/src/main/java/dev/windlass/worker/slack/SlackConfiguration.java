package dev.windlass.worker.slack;

import dev.windlass.activities.approvals.ClickMac;
import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.notify.SlackQuestionBoard;
import dev.windlass.activities.notify.SlackReplies;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.approvals.Decisions;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** As much of Slack as ops.yml has: a board, buttons under it, and one or both doors for clicks. */
@Configuration(proxyBeanMethods = false)
@Conditional(SlackConfiguration.HasSlack.class)
class SlackConfiguration {
    @Bean
    SlackQuestionBoard slackQuestionBoard(Operations operations, Secrets secrets, Clock clock) {
        return new SlackQuestionBoard(slack(operations), operations, secrets, clock);
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(HasButtons.class)
    static class Clicks {
        @Bean
        SlackReplies slackReplies(Operations operations, Secrets secrets, Clock clock) {
            return new SlackReplies(slack(operations), secrets, clock);
        }

        @Bean
        DoorAudit doorAudit(AuditActivitiesImpl audit, Clock clock) {
            return new DoorAudit(audit, clock);
        }

        @Bean
        ClickHandler clickHandler(
                Operations operations,
                Supplier<Operations> today,
                WorkflowClient client,
                ClickMac mac,
                SlackReplies replies,
                DoorAudit audit,
                Clock clock) {
            return new ClickHandler(
                    slack(operations),
                    buttons(operations),
                    today,
                    new Decisions(client, "slack"),
                    mac,
                    replies,
                    audit,
                    clock);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(HasSigningSecret.class)
    static class HttpDoor {
        @Bean
        RequestSignature requestSignature(Clock clock) {
            return new RequestSignature(clock);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(HasAppToken.class)
    static class SocketDoor {
        @Bean
        SocketModeDoor socketModeDoor(
                Operations operations, SlackReplies replies, ClickHandler handler, DoorAudit audit) {
            var appToken = buttons(operations).appToken().orElseThrow();
            return new SocketModeDoor(() -> replies.openSocket(appToken), () -> new SocketLink(handler::handle, audit));
        }

        /** The name of the bean is the name under /actuator/health; it does not decide whether the worker is ready. */
        @Bean
        HealthIndicator slack(SocketModeDoor door) {
            return () -> Health.up()
                    .withDetail("socket", door.isConnected() ? "CONNECTED" : "CONNECTING")
                    .build();
        }
    }

    private static Notifications.Slack slack(Operations operations) {
        return operations.notifications().slack().orElseThrow();
    }

    static Notifications.Buttons buttons(Operations operations) {
        return slack(operations).buttons().orElseThrow();
    }

    /** ops.yml stands in the context before any bean is made. */
    private abstract static sealed class OpsCondition implements Condition {
        abstract boolean isIn(Operations operations);

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var beans = context.getBeanFactory();
            return beans != null
                    && beans.getSingleton("operations") instanceof Operations operations
                    && isIn(operations);
        }
    }

    static final class HasSlack extends OpsCondition {
        @Override
        boolean isIn(Operations operations) {
            return operations.notifications().slack().isPresent();
        }
    }

    static final class HasButtons extends OpsCondition {
        @Override
        boolean isIn(Operations operations) {
            return operations
                    .notifications()
                    .slack()
                    .flatMap(Notifications.Slack::buttons)
                    .isPresent();
        }
    }

    static final class HasSigningSecret extends OpsCondition {
        @Override
        boolean isIn(Operations operations) {
            return operations
                    .notifications()
                    .slack()
                    .flatMap(Notifications.Slack::buttons)
                    .flatMap(Notifications.Buttons::signingSecret)
                    .isPresent();
        }
    }

    static final class HasAppToken extends OpsCondition {
        @Override
        boolean isIn(Operations operations) {
            return operations
                    .notifications()
                    .slack()
                    .flatMap(Notifications.Slack::buttons)
                    .flatMap(Notifications.Buttons::appToken)
                    .isPresent();
        }
    }
}
