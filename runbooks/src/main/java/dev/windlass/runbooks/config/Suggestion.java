package dev.windlass.runbooks.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** "Did you mean": the known word nearest to the one that was written. */
public final class Suggestion {
    private Suggestion() {}

    /** A sentence for a hint: the nearest word, or else all of them. */
    public static String among(String word, Collection<String> known, String what) {
        return closest(word, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() -> known.isEmpty()
                        ? "there is no " + what + " to choose from"
                        : "write one of " + known.stream().sorted().collect(Collectors.joining(", ")));
    }

    static Optional<String> closest(String word, Collection<String> known) {
        String written = plain(word);
        String best = null;
        int bestDistance = Math.min(2, written.length() / 2) + 1;
        for (String candidate : known) {
            int distance = distance(written, plain(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best != null ? Optional.of(best) : byPrefix(written, known);
    }

    private static Optional<String> byPrefix(String written, Collection<String> known) {
        return known.stream()
                .filter(candidate -> Math.min(written.length(), candidate.length()) >= 3)
                .filter(candidate -> plain(candidate).startsWith(written) || written.startsWith(plain(candidate)))
                .sorted()
                .findFirst();
    }

    /** {@code localDays}, {@code local-days} and {@code Local_Days} are all local_days. */
    private static String plain(String word) {
        return word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** Damerau-Levenshtein in its restricted form: a swap of two neighbours counts as one. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
