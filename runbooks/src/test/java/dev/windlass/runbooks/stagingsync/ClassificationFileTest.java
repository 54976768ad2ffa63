package dev.windlass.runbooks.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Problems;
import dev.windlass.workflows.recovery.TableReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassificationFileTest {
    private static final Path BROKEN = Path.of("src/test/resources/broken-classifications");
    private static final Path EXAMPLE = Path.of("../classification.example.yml");

    static List<String> broken() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .map(name -> name.substring(0, name.length() - ".yml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyProblemIsReportedWithItsPlaceAndAHint(String name) throws IOException {
        ClassificationReading reading = ClassificationFile.read(
                Files.readString(BROKEN.resolve(name + ".yml")),
                new Problems(name + ".yml", "classification.example.yml"));
        assertThat(reading).isInstanceOf(ClassificationReading.Refused.class);
        assertThat(((ClassificationReading.Refused) reading).text() + "\n")
                .isEqualTo(Files.readString(BROKEN.resolve(name + ".expected")));
    }

    @Test
    void exampleIsReadAndHoldsEveryKey() throws IOException {
        Problems problems = new Problems("classification.example.yml", "classification.example.yml");
        assertThat(ClassificationFile.read(Files.readString(EXAMPLE), problems))
                .isInstanceOf(ClassificationReading.Accepted.class);
        // "by" is asked of a domain only to be refused there.
        assertThat(problems.askedKeys()).isNotEmpty();
        assertThat(problems.askedKeys().stream()
                        .filter(key -> key.startsWith("tables"))
                        .filter(key -> !problems.presentKeys().contains(key)))
                .isEmpty();
    }

    @Test
    void exampleSaysWhatItSays() {
        Classification example = ((ClassificationReading.Accepted) ClassificationFile.read(EXAMPLE)).classification();
        assertThat(example.team()).containsExactly("ana@example.com", "ben@example.com");
        assertThat(example.domains())
                .containsEntry(
                        "address",
                        new MaskDomain("address", new Mask.Email(), MaskDomain.LetterCase.IGNORED, OfTheTeam.KEPT));
        TableRule users = rule(example, "public.users");
        assertThat(users.columns())
                .containsEntry(
                        "phone",
                        new ColumnRule(
                                "text",
                                new ColumnRule.Fate.Masked(new Mask.Phone(Optional.of("id"))),
                                ColumnRule.Standing.REVIEWED,
                                OfTheTeam.MASKED))
                .containsEntry(
                        "nickname",
                        new ColumnRule(
                                "text",
                                new ColumnRule.Fate.Masked(new Mask.Name(Mask.Name.Part.FIRST)),
                                ColumnRule.Standing.GUESS,
                                OfTheTeam.MASKED));
        assertThat(example.own().statements()).hasSize(3);
        assertThat(example.own().values()).containsExactly("ops@staging.example.com");
        assertThat(example.smallestGroup()).isEqualTo(5);
        assertThat(rule(example, "public.users").quasiIdentifiers()).containsExactly("born", "income");
        assertThat(rule(example, "public.sessions").rows()).isEqualTo(new TableRule.Rows.None());
    }

    @Test
    void aMissingFileIsAProblemLikeAnyOther() {
        assertThat(((ClassificationReading.Refused) ClassificationFile.read(Path.of("/nowhere/shop.yml"))).text())
                .isEqualTo("/nowhere/shop.yml:1:1: there is no such file\n"
                        + "  hint: let windlass classify propose one, or correct staging_sync.classification");
    }

    private static TableRule rule(Classification classification, String table) {
        return Objects.requireNonNull(classification.tables().get(new TableReference(table)));
    }
}
