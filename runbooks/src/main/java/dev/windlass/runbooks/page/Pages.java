package dev.windlass.runbooks.page;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code generate DIR} writes the generated regions of the runbook pages; {@code check DIR} says where they differ. */
public final class Pages {
    private static final String USAGE = "usage: generate|check DIR";

    private final Path directory;
    private final List<PageSource> sources;
    private final PrintStream out;

    Pages(Path directory, List<PageSource> sources, PrintStream out) {
        this.directory = directory;
        this.sources = sources;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<PageSource> sources = ServiceLoader.load(PageSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        System.exit(run(List.of(arguments), sources, out));
    }

    /** @return 0 when all is well, 1 when a page is not true, 2 when the arguments are wrong */
    static int run(List<String> arguments, List<PageSource> sources, PrintStream out) throws IOException {
        if (arguments.size() != 2 || !Files.isDirectory(Path.of(arguments.get(1)))) {
            out.println(USAGE);
            return 2;
        }
        Pages pages = new Pages(Path.of(arguments.get(1)), sources, out);
        return switch (arguments.getFirst()) {
            case "generate" -> pages.generate();
            case "check" -> pages.check();
            default -> {
                out.println(USAGE);
                yield 2;
            }
        };
    }

    private int generate() throws IOException {
        int failed = 0;
        for (PageSource source : sources) {
            Path file = directory.resolve(source.page());
            try {
                if (!Files.exists(file)) {
                    throw new PageException(source.page() + ": there is no such page");
                }
                String text = Files.readString(file);
                String generated = PageGenerator.generate(source, text);
                if (!generated.equals(text)) {
                    Files.writeString(file, generated);
                    out.println(source.page() + ": written");
                }
            } catch (PageException broken) {
                out.println(broken.getMessage());
                failed = 1;
            }
        }
        return failed;
    }

    private int check() throws IOException {
        SortedMap<String, String> texts = readPages();
        List<String> findings = new PageCheck(texts, sources).findings();
        findings.forEach(out::println);
        if (findings.isEmpty()) {
            out.println(texts.size() + " runbook pages are true to " + sources.size() + " plans");
        }
        return findings.isEmpty() ? 0 : 1;
    }

    private SortedMap<String, String> readPages() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md") && !name.equals("README.md")) {
                    texts.put(name, Files.readString(file));
                }
            }
        }
        return texts;
    }
}
