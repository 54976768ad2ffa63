package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An effect as a person would type it. */
final class ByHand {
    static final String PIPE = "  | ";
    static final String INDENT = "    ";

    private static final Pattern REFERENCE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

    private final Places places;
    private final ObjectsByHand objects;

    ByHand(Places places) {
        this.places = places;
        this.objects = new ObjectsByHand(places);
    }

    List<String> lines(Effect effect) {
        return switch (effect) {
            case Command command -> lines(command);
            case HttpCall call -> HttpByHand.lines(call);
            case Sql sql -> lines(sql);
            case ObjectCall call -> ShellWords.wrap(objects.words(call), INDENT);
            case DnsQuery query -> lines(query);
        };
    }

    private static List<String> lines(Command command) {
        List<List<String>> stages = new ArrayList<>(opening(command.input()));
        List<String> words = new ArrayList<>();
        command.environment().forEach((name, value) -> words.add(name + "=" + value(value, command)));
        command.secrets().forEach((name, secret) -> words.add(name + "=" + Secrets.valueOf(secret)));
        command.argv().forEach(word -> words.add(ShellWords.word(word)));
        words.addAll(redirection(command.input()));
        command.tolerated().ifPresent(code -> {
            words.addFirst("{");
            words.addAll(List.of("||", "[", "$?", "=", code.toString(), "];", "}"));
        });
        stages.add(words);
        stages.addAll(sealing(command.output()));
        if (command.output() instanceof Channel.PlainFile file) {
            stages.getLast().addAll(List.of(">", ShellWords.word(file.path())));
        }
        List<String> lines = new ArrayList<>();
        if (!command.host().value().equals("local")) {
            lines.add("# on " + command.host());
        }
        lines.addAll(pipeline(stages));
        lines.addAll(hereDocument(command.input()));
        return lines;
    }

    /** With the secrets that a run puts there; one with signs that mean something in a URL has to be encoded by hand. */
    private static String value(String value, Command command) {
        Matcher reference = REFERENCE.matcher(value);
        StringBuilder words = new StringBuilder();
        int plainFrom = 0;
        while (reference.find()) {
            SecretReference secret = command.secrets().get(reference.group(1));
            if (secret != null) {
                words.append(ShellWords.word(value.substring(plainFrom, reference.start())))
                        .append(Secrets.valueOf(secret));
                plainFrom = reference.end();
            }
        }
        return words.append(ShellWords.word(value.substring(plainFrom))).toString();
    }

    private static List<List<String>> opening(Channel input) {
        if (!(input instanceof Channel.OpenedFile opened)) {
            return List.of();
        }
        List<List<String>> stages = new ArrayList<>();
        String identity = "-";
        if (Secrets.isFile(opened.identity())) {
            identity = ShellWords.word(Secrets.path(opened.identity()));
        } else {
            stages.add(List.of("printf", "'%s\\n'", Secrets.valueOf(opened.identity())));
        }
        stages.add(List.of("age", "--decrypt", "--identity", identity, ShellWords.word(opened.path())));
        stages.add(List.of("zstd", "--decompress"));
        return stages;
    }

    private static List<List<String>> sealing(Channel output) {
        if (!(output instanceof Channel.SealedFile sealed)) {
            return List.of();
        }
        List<String> age = new ArrayList<>(List.of("age", "--encrypt"));
        sealed.recipients().forEach(recipient -> age.addAll(List.of("--recipient", ShellWords.word(recipient))));
        age.addAll(List.of(">", ShellWords.word(sealed.path())));
        return List.of(List.of("zstd", "-" + sealed.zstdLevel()), age);
    }

    private static List<String> redirection(Channel input) {
        return switch (input) {
            case Channel.PlainFile file -> List.of("<", ShellWords.word(file.path()));
            case Channel.Text text -> List.of("<<'" + endOf(text.text()) + "'");
            case Channel.None none -> List.of();
            case Channel.OpenedFile opened -> List.of();
            case Channel.SealedFile sealed -> List.of();
        };
    }

    private static List<String> hereDocument(Channel input) {
        if (!(input instanceof Channel.Text text)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(text.text().lines().toList());
        lines.add(endOf(text.text()));
        return lines;
    }

    private static String endOf(String text) {
        String end = "END";
        while (text.lines().toList().contains(end)) {
            end += "_";
        }
        return end;
    }

    private static List<String> pipeline(List<List<String>> stages) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            List<String> wrapped = ShellWords.wrap(stages.get(i), INDENT);
            lines.add((i == 0 ? "" : PIPE) + wrapped.getFirst());
            lines.addAll(wrapped.subList(1, wrapped.size()));
            if (i < stages.size() - 1) {
                lines.set(lines.size() - 1, lines.getLast() + " \\");
            }
        }
        return lines;
    }

    private static List<String> lines(DnsQuery query) {
        int colon = query.server().lastIndexOf(':');
        String port = query.server().substring(colon + 1);
        List<String> words = new ArrayList<>(
                List.of("dig", "+short", ShellWords.word("@" + query.server().substring(0, colon))));
        if (!port.equals("53")) {
            words.addAll(List.of("-p", ShellWords.word(port)));
        }
        words.addAll(List.of(ShellWords.word(query.name()), query.type()));
        return ShellWords.wrap(words, INDENT);
    }

    /** At the prompt, for a session may have to stay open: a snapshot lives as long as the transaction that made it. */
    private List<String> lines(Sql sql) {
        Places.Connection connection = places.connection(sql.connection());
        List<String> words = new ArrayList<>(connection.assignments());
        words.addAll(List.of("psql", "--no-psqlrc"));
        words.addAll(connection.options());
        List<String> lines = new ArrayList<>(ShellWords.wrap(words, INDENT));
        String statement = sql.statement().strip();
        (statement.endsWith(";") ? statement : statement + ";")
                .lines()
                .forEach(line -> lines.add(sql.connection() + "=> " + line));
        return lines;
    }
}
