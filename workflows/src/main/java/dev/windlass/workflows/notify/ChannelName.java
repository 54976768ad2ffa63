package dev.windlass.workflows.notify;

/** The ways to reach people. */
public enum ChannelName {
    SLACK,
    EMAIL,
    WEBHOOK
}
