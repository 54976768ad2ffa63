package dev.windlass.testbed.smtp;

import dev.windlass.testbed.control.Action;
import dev.windlass.testbed.control.Faults;
import dev.windlass.testbed.control.Holds;
import dev.windlass.testbed.control.RequestLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One connection, RFC 5321: commands in their order (503 else), paths in angle brackets, dot-stuffing, CRLF. Faults and
 * holds are matched against the command line, and against "DATA END" when the message is complete.
 */
final class SmtpSession {
    private final Socket socket;
    private final Faults faults;
    private final Holds holds;
    private final RequestLog messages;
    private final Clock clock;
    private String greeted = "";
    private String from = "";
    private final List<String> recipients = new ArrayList<>();

    SmtpSession(Socket socket, Faults faults, Holds holds, RequestLog messages, Clock clock) {
        this.socket = socket;
        this.faults = faults;
        this.holds = holds;
        this.messages = messages;
        this.clock = clock;
    }

    void run() throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        say("220 testbed ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!passes(line)) {
                return;
            }
            String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO", "HELO" -> greet(line);
                case "MAIL" -> mail(line);
                case "RCPT" -> recipient(line);
                case "DATA" -> {
                    if (!data(in)) {
                        return;
                    }
                }
                case "RSET" -> {
                    forget();
                    say("250 OK");
                }
                case "NOOP" -> say("250 OK");
                case "QUIT" -> {
                    say("221 Bye");
                    return;
                }
                default -> say("502 Command not implemented");
            }
        }
    }

    /** Applies what a test has ordered; false ends the connection. */
    private boolean passes(String line) throws IOException, InterruptedException {
        holds.await(line);
        Optional<Action> fault = faults.take(line);
        if (fault.isEmpty()) {
            return true;
        }
        switch (fault.get()) {
            case Action.Status status -> say(status.code() + " ordered fault");
            case Action.Hang hang -> faults.awaitClear();
            case Action.ExpireKey expired -> say("535 authentication credentials invalid");
            case Action.CutAfter cut -> {}
            case Action.DropAnswer drop -> {}
            case Action.CorruptDownload corrupt -> say("garbage");
        }
        return false;
    }

    private void greet(String line) throws IOException {
        greeted = line;
        forget();
        say(
                line.toUpperCase(Locale.ROOT).startsWith("EHLO")
                        ? "250-testbed\r\n250-8BITMIME\r\n250 SMTPUTF8"
                        : "250 testbed");
    }

    private void mail(String line) throws IOException {
        if (greeted.isEmpty() || !from.isEmpty()) {
            say("503 Bad sequence of commands");
        } else if (!line.toUpperCase(Locale.ROOT).startsWith("MAIL FROM:<") || !line.contains(">")) {
            say("501 Syntax: MAIL FROM:<address>");
        } else {
            from = line.substring("MAIL FROM:".length(), line.indexOf('>') + 1);
            say("250 OK");
        }
    }

    private void recipient(String line) throws IOException {
        if (from.isEmpty()) {
            say("503 Bad sequence of commands");
        } else if (!line.toUpperCase(Locale.ROOT).matches("RCPT TO:<[^<>@ ]+@[^<>@ ]+>.*")) {
            say("501 Syntax: RCPT TO:<address>");
        } else {
            recipients.add(line.substring("RCPT TO:<".length(), line.indexOf('>')));
            say("250 OK");
        }
    }

    private boolean data(BufferedReader in) throws IOException, InterruptedException {
        if (recipients.isEmpty()) {
            say("503 Bad sequence of commands");
            return true;
        }
        say("354 End data with <CR><LF>.<CR><LF>");
        var text = new StringBuilder();
        for (String line = in.readLine(); ; line = in.readLine()) {
            if (line == null) {
                return false;
            }
            if (line.equals(".")) {
                break;
            }
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("time", clock.instant().toString());
        message.put("from", from.substring(1, from.length() - 1));
        message.put("to", List.copyOf(recipients));
        message.put("data", text.toString());
        boolean dropped = isDropOrdered();
        if (!dropped && !passes("DATA END")) {
            return false;
        }
        messages.append(message);
        forget();
        if (dropped) {
            return false;
        }
        say("250 OK");
        return true;
    }

    /** Accepted, and the connection lost before the client knows. */
    private boolean isDropOrdered() {
        boolean first = faults.active().stream()
                .filter(fault -> fault.match().matcher("DATA END").find())
                .findFirst()
                .filter(fault -> fault.action() instanceof Action.DropAnswer)
                .isPresent();
        return first && faults.take("DATA END").isPresent();
    }

    private void forget() {
        from = "";
        recipients.clear();
    }

    private void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
