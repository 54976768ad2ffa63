package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ArchiveName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code backup.files:} */
final class ArchivesReader {
    private static final Form<ArchiveName> NAME = Forms.named("the name of the files", ArchiveName::new);

    private ArchivesReader() {}

    static List<Archive> readAll(Section backup) {
        List<Archive> archives = new ArrayList<>();
        backup.named("files").forEach((written, section) -> {
            Optional<ArchiveName> name = section.itsName(written, NAME);
            if (name.filter(Archive.OWN::equals).isPresent()) {
                section.reportItself(
                        "\"" + written + "\" is what sets call ops.yml and the audit log, which every set holds",
                        "choose another name for these files");
            }
            String path = section.need("path", Forms.PATH);
            List<String> exclude = section.list("exclude", Forms.PATH.and(left -> requireBelow(left, path)));
            section.refuseOtherKeys();
            name.ifPresent(good -> archives.add(new Archive(good, List.of(path), exclude)));
        });
        return archives;
    }

    private static void requireBelow(String excluded, String path) throws Misfit {
        boolean isKnown = !path.equals(Forms.PATH.standIn());
        if (isKnown && (excluded.equals(path) || !Path.of(excluded).startsWith(Path.of(path)))) {
            throw new Misfit(
                    "\"" + excluded + "\" does not lie below " + path, "write it in full, such as " + path + "/cache");
        }
    }
}
