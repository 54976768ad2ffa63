package dev.windlass.activities.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Goes through files and directories, each directory before what lies in it, in the order of their names. Links are not
 * followed. Sockets, which GNU tar leaves out, and pipes and devices, which hold nothing to compare, are passed over.
 */
public final class FileWalk {
    private static final String ATTRIBUTES =
            "unix:mode,owner,group,size,lastModifiedTime,ctime,isRegularFile,isDirectory,isSymbolicLink,isOther";

    private final Path root;
    private final List<Path> excluded;

    /** @param exclude relative to the root */
    public FileWalk(Path root, List<String> exclude) {
        this.root = root;
        this.excluded = exclude.stream().map(root::resolve).toList();
    }

    /** Hears of each path. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param path relative to the root
         * @param attributes of the view "unix"
         */
        void visit(Path file, String path, Map<String, Object> attributes) throws IOException;
    }

    /**
     * @param starts relative to the root; one that is not there is passed over
     * @throws UnreadableNameException when a name cannot be told in this process's character set
     */
    public void from(List<String> starts, Visitor visitor) throws IOException {
        List<Path> inOrder = starts.stream()
                .sorted(Comparator.comparing(FileFacts::place))
                .map(root::resolve)
                .toList();
        for (Path start : inOrder) {
            visit(start, visitor);
        }
    }

    static Map<String, Object> attributesOf(Path file) throws IOException {
        return Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private void visit(Path file, Visitor visitor) throws IOException {
        if (excluded.contains(file)) {
            return;
        }
        String path = root.relativize(file).toString();
        if (path.indexOf('\uFFFD') >= 0) {
            throw new UnreadableNameException(root.resolve(path).toString());
        }
        Map<String, Object> attributes;
        try {
            attributes = attributesOf(file);
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
        if (is(attributes, "isOther")) {
            return;
        }
        visitor.visit(file, path, attributes);
        if (is(attributes, "isDirectory")) {
            for (Path child : childrenOf(file)) {
                visit(child, visitor);
            }
        }
    }

    private static List<Path> childrenOf(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted(
                            Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException goneMeanwhile) {
            return List.of();
        }
    }

    static boolean is(Map<String, Object> attributes, String question) {
        return Boolean.TRUE.equals(attributes.get(question));
    }
}
