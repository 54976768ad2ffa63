package dev.windlass.workflows.kernel;

/** One line for Temporal's UI, which takes no long ones. */
public final class Summaries {
    private static final int LONGEST = 100;

    private Summaries() {}

    /** What does not fit is visibly missing. */
    public static String of(String title) {
        return title.length() <= LONGEST ? title : title.substring(0, LONGEST - 1) + "…";
    }
}
