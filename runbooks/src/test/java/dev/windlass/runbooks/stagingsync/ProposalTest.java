package dev.windlass.runbooks.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Problems;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.runbooks.stagingsync.SchemaTable.ForeignKey;
import dev.windlass.workflows.recovery.TableReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProposalTest {
    private static final TableReference USERS = new TableReference("public.users");
    private static final Schema SCHEMA = new Schema(List.of(
            table(
                    USERS,
                    List.of(
                            column("id", "uuid", TypeKind.UUID, Trait.NOT_NULL),
                            column("nr", "integer", TypeKind.INTEGER, Trait.NOT_NULL),
                            column("email", "text", TypeKind.TEXT, Trait.NOT_NULL),
                            column("mobilePhone", "text", TypeKind.TEXT),
                            column("c1", "text", TypeKind.TEXT),
                            column("state", "text", TypeKind.TEXT),
                            column("on", "boolean", TypeKind.OTHER),
                            column("notes: \"odd\"", "character varying(20)", TypeKind.TEXT)),
                    List.of(Set.of("id"), Set.of("nr"), Set.of("email"), Set.of("mobilePhone")),
                    List.of()),
            table(
                    new TableReference("public.orders"),
                    List.of(
                            column("id", "uuid", TypeKind.UUID, Trait.NOT_NULL),
                            column("user_id", "uuid", TypeKind.UUID),
                            column("mail", "text", TypeKind.TEXT)),
                    List.of(Set.of("id")),
                    List.of(new ForeignKey("fk", List.of("user_id"), USERS, List.of("id"))))));
    private static final Map<String, ColumnSample> SAMPLES = Map.of(
            "public.users.c1", new ColumnSample(1000, 990, Map.of(Likeness.IBAN, 980L)),
            "public.users.state", new ColumnSample(1000, 3, Map.of()));

    @Test
    void guessesByNameTypeKeyAndWhatValuesLookLike() {
        assertThat(ClassificationText.of(Proposal.of(SCHEMA, Optional.empty(), SAMPLES)))
                .isEqualTo("""
                # What becomes of every column on its way to staging; its manual is classification.example.yml.
                # guess: true is windlass's own: look at what the column holds, correct the line, and remove the words.
                version: 1
                domains:
                  email: {mask: email, letter_case: ignored}
                  users_id: {mask: uuid}
                tables:
                  "public.orders":
                    shape: "0123456789abcdef"
                    columns:
                      id: {type: uuid, mask: uuid, guess: true}  # an identifier that may stand in links
                      mail: {type: text, domain: email, guess: true}  # by its name
                      user_id: {type: uuid, domain: users_id, guess: true}  # refers to public.users
                  "public.users":
                    shape: "0123456789abcdef"
                    columns:
                      c1: {type: text, mask: iban, guess: true}  # 98 % look like IBANs
                      email: {type: text, mask: email, guess: true}  # by its name
                      id: {type: uuid, domain: users_id, guess: true}  # an identifier that may stand in links
                      mobilePhone: {type: text, mask: phone, by: nr, guess: true}  # by its name, and unique
                      "notes: \\"odd\\"": {type: "character varying(20)", mask: text, guess: true}  # text that may say anything
                      nr: {type: integer, keep: a number, guess: true}
                      "on": {type: boolean, keep: of the type boolean, guess: true}
                      state: {type: text, keep: "3 different values in 1000", guess: true}
                """);
    }

    @Test
    void onceLookedAtItFitsTheSchema() {
        assertThat(ClassificationCheck.findings(lookedAt(), SCHEMA)).isEmpty();
    }

    @Test
    void whatPeopleHaveSaidStays() {
        String reviewed = text(SCHEMA).replace(", guess: true", "").replace("keep: a number", "mask: hash, team: keep");
        reviewed = reviewed.replace(
                        "    columns:\n      c1",
                        "    team_column: email\n    rows: \"state <> 'x'\"\n    columns:\n      c1")
                .replace("domains:", "team:\n  - \"ana@example.com\"\ndomains:");
        Classification said = read(reviewed);
        Proposal again = Proposal.of(SCHEMA, Optional.of(said), SAMPLES);
        assertThat(again.guesses()).isZero();
        assertThat(again.classification()).isEqualTo(said);
        assertThat(read(ClassificationText.of(again))).isEqualTo(said);
    }

    @Test
    void everyMaskIsWrittenAsItIsRead() {
        ClassificationReading example = ClassificationFile.read(java.nio.file.Path.of("../classification.example.yml"));
        Classification classification = ((ClassificationReading.Accepted) example).classification();
        assertThat(read(ClassificationText.of(new Proposal(classification, Map.of()))))
                .isEqualTo(classification);
    }

    private static Classification lookedAt() {
        return read(text(SCHEMA).replace(", guess: true", ""));
    }

    private static String text(Schema schema) {
        return ClassificationText.of(Proposal.of(schema, Optional.empty(), SAMPLES));
    }

    private static Classification read(String text) {
        ClassificationReading reading = ClassificationFile.read(text, new Problems("test.yml", "example"));
        return switch (reading) {
            case ClassificationReading.Accepted(Classification accepted) -> accepted;
            case ClassificationReading.Refused refused -> throw new AssertionError(refused.text() + "\n" + text);
        };
    }

    private static SchemaTable table(
            TableReference name, List<SchemaColumn> columns, List<Set<String>> unique, List<ForeignKey> foreign) {
        return new SchemaTable(name, "0123456789abcdef", columns, unique, foreign, List.of(), List.of());
    }

    private static SchemaColumn column(String name, String type, TypeKind kind, Trait... traits) {
        return new SchemaColumn(name, type, kind, OptionalInt.empty(), Set.of(traits));
    }
}
