package dev.windlass.workflows.dns;

/** When the records change. */
public enum DnsPace {
    /** The machine they lead to is of no use any more. */
    AT_ONCE,
    /** Both machines answer: nearly nobody is still led to the old one when the records change. */
    AFTER_OLD_TTL
}
