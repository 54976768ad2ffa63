package dev.windlass.starter;

import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.ServerLostException;
import dev.windlass.starter.runs.TakenIdException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every way a command can go wrong, as fact, hint and where to read on. */
final class Errors {
    private Errors() {}

    static int ofCommand(Exception thrown, CommandLine command, ParseResult ignored) {
        return tell(thrown, command.getErr());
    }

    static int tell(Exception thrown, PrintWriter err) {
        if (thrown instanceof Complaint complaint) {
            return tell(complaint, err);
        }
        if (thrown instanceof ServerLostException lost) {
            return tell(lost.complaint(), err);
        }
        if (thrown instanceof TakenIdException taken) {
            return tell(taken.complaint(), err);
        }
        err.println("error: " + thrown);
        err.println("hint: this is a bug in Windlass; please report it with the lines below");
        err.println("see: windlass help exit-codes");
        thrown.printStackTrace(err);
        err.flush();
        return ExitCode.UNEXPECTED.number();
    }

    private static int tell(Complaint complaint, PrintWriter err) {
        err.println("error: " + complaint.text());
        err.flush();
        return complaint.exitCode();
    }

    static int ofUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("error: " + lowerFirst(String.valueOf(wrong.getMessage())));
        // The nearest comes first; the others are often far off.
        List<String> near =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        err.println("hint: " + (near.isEmpty() ? "" : "did you mean " + near.getFirst() + "? ") + "all of it: " + name
                + " --help");
        err.println("see: windlass help exit-codes");
        err.flush();
        return ExitCode.USAGE.number();
    }

    private static String lowerFirst(String message) {
        return message.substring(0, Math.min(1, message.length())).toLowerCase(Locale.ROOT)
                + message.substring(Math.min(1, message.length()));
    }
}
