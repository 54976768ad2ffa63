package dev.windlass.workflows.approvals;

/**
 * An answer that a door refused.
 *
 * @param door {@code slack}, {@code cli}
 * @param approval the question it names, as it was written; need not exist
 * @param speaker what the caller called itself; nothing is proven
 * @param reference names the attempt, so that a repetition is written once: the click's ts and user, the start of the
 *     signature's hash
 */
public record RefusedAnswer(
        String door, String approval, String speaker, Refusal refusal, String detail, String reference) {
    private static final int LONGEST = 300;

    /** Whatever a stranger sends is cut, not refused: it has to be written down. */
    public RefusedAnswer {
        door = cut(door);
        approval = cut(approval);
        speaker = cut(speaker);
        detail = cut(detail);
        reference = cut(reference);
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
