package dev.windlass.workflows.notify;

/** @param reference the message's id at the channel: Slack's ts, the e-mail's Message-ID, the webhook's delivery id */
public record PostReceipt(ChannelName channel, String reference, Delivery delivery) {
    public enum Delivery {
        POSTED,
        /** An earlier attempt had posted it. */
        FOUND
    }
}
