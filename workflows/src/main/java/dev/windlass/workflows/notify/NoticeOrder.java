package dev.windlass.workflows.notify;

public record NoticeOrder(ChannelName channel, Notice notice) {}
