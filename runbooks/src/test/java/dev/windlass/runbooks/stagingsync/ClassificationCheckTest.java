package dev.windlass.runbooks.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Problems;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import dev.windlass.runbooks.stagingsync.SchemaTable.ForeignKey;
import dev.windlass.workflows.recovery.TableReference;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassificationCheckTest {
    private static final TableReference USERS = new TableReference("public.users");
    private static final TableReference PAYMENTS = new TableReference("public.payments");
    private static final String SHAPE = "0123456789abcdef";

    private static final SchemaTable USERS_TABLE = new SchemaTable(
            USERS,
            SHAPE,
            List.of(
                    column("id", "bigint", TypeKind.BIGINT, Trait.NOT_NULL),
                    column("email", "public.citext", TypeKind.TEXT, Trait.NOT_NULL, Trait.CASE_BLIND),
                    column("phone", "text", TypeKind.TEXT),
                    column("role", "public.role", TypeKind.OTHER, Trait.ENUM),
                    column("search", "tsvector", TypeKind.OTHER, Trait.GENERATED)),
            List.of(Set.of("id"), Set.of("email"), Set.of("phone")),
            List.of(),
            List.of(),
            List.of());
    private static final SchemaTable PAYMENTS_TABLE = new SchemaTable(
            PAYMENTS,
            SHAPE,
            List.of(
                    column("id", "integer", TypeKind.INTEGER, Trait.NOT_NULL),
                    column("payer", "public.citext", TypeKind.TEXT, Trait.CASE_BLIND),
                    column("paid_on", "date", TypeKind.DATE, Trait.NOT_NULL, Trait.PARTITION_KEY)),
            List.of(Set.of("id")),
            List.of(new ForeignKey("payer", List.of("payer"), USERS, List.of("email"))),
            List.of(),
            List.of());

    private static final String GOOD = """
            version: 1
            domains:
              address: {mask: email, letter_case: ignored}
            tables:
              public.users:
                shape: "0123456789abcdef"
                columns:
                  id: {type: bigint, keep: a number of ours}
                  email: {type: public.citext, domain: address}
                  phone: {type: text, mask: phone, by: id}
                  role: {type: public.role, keep: three words}
              public.payments:
                shape: "0123456789abcdef"
                columns:
                  id: {type: integer, keep: a number of ours}
                  payer: {type: public.citext, domain: address}
                  paid_on: {type: date, keep: a day is nobody}
            """;

    @Test
    void nothingIsFoundWhereEveryColumnHasItsFate() {
        assertThat(found(GOOD)).isEmpty();
    }

    @Test
    void aColumnThatNobodyHasClassifiedIsNamed() {
        assertThat(found(without("phone:")))
                .containsExactly("public.users.phone: is a column that nobody has classified\n"
                        + "  hint: say what becomes of it: keep: with a reason, mask: or domain: (its type is text)");
    }

    @Test
    void aTableThatNobodyHasClassifiedIsNamedWithItsColumns() {
        assertThat(found(GOOD.substring(0, GOOD.indexOf("  public.payments"))))
                .containsExactly(
                        "public.payments: is a table that nobody has classified\n"
                                + "  hint: let windlass classify propose it, and say what becomes of its columns: id, payer, paid_on");
    }

    @Test
    void whatIsClassifiedAndNotThereIsNamed() {
        assertThat(found(GOOD.replace("phone:", "phon:").replace("public.payments", "public.payment")))
                .contains(
                        "public.users.phon: is classified, and there is no such column\n"
                                + "  hint: if it was dropped, remove it; else did you mean \"phone\"?",
                        "public.payment: is classified, and there is no such table\n"
                                + "  hint: if it was dropped, remove it; else did you mean \"public.payments\"?");
    }

    @Test
    void aGuessAndAChangedTypeAreRefused() {
        assertThat(found(GOOD.replace("type: text, mask: phone", "type: integer, guess: true, mask: phone")))
                .containsExactly(
                        "public.users.phone: is a guess (mask) that nobody has looked at\n"
                                + "  hint: look at what the column holds, correct the line, and remove guess: true",
                        "public.users.phone: is of the type text, and was integer when it was classified\n"
                                + "  hint: look whether it still holds what it held, and write type: text");
    }

    @Test
    void aChangedShapeIsRefused() {
        assertThat(found(GOOD.replaceFirst("0123456789abcdef", "ffffffffffffffff")))
                .containsExactly(
                        "public.users: has another shape than the one that was reviewed: keys, constraints or defaults changed\n"
                                + "  hint: look at what changed, and write shape: \"0123456789abcdef\"");
    }

    @Test
    void aGeneratedColumnIsNotClassified() {
        assertThat(found(GOOD.replace("phone:", "search: {type: tsvector, mask: remove}\n      phone:")))
                .containsExactly("public.users.search: is computed by PostgreSQL, from what was masked\n"
                        + "  hint: remove it: nothing is copied into it");
    }

    @Test
    void aMaskThatTheTypeCannotTakeIsRefused() {
        assertThat(messages(GOOD.replace("role, keep: three words", "role, mask: email")))
                .containsExactly("public.users.role: is public.role, which the mask is not for");
        assertThat(messages(GOOD.replace("bigint, keep: a number of ours", "bigint, mask: uuid")))
                .contains("public.users.id: is bigint, which the mask is not for");
        assertThat(messages(GOOD.replace(
                        "email: {type: public.citext, domain: address}", "email: {type: public.citext, mask: remove}")))
                .contains("public.users.email: cannot be NULL, and would be removed");
    }

    @Test
    void aKeyThatWouldLoseItsDifferencesIsRefused() {
        assertThat(messages(GOOD.replace("mask: phone, by: id", "mask: phone")))
                .containsExactly("public.users.phone: is unique, and under this mask two values can become one");
        assertThat(messages(GOOD.replace("type: integer, keep: a number of ours", "type: integer, mask: hash")))
                .containsExactly("public.payments.id: is unique, and under this mask two values can become one");
    }

    @Test
    void whatTellsRowsApartMustDoSoAndBeKept() {
        assertThat(messages(GOOD.replace("by: id", "by: email")))
                .containsExactly("public.users.phone: is made from email, which does not tell rows apart");
        assertThat(messages(GOOD.replace("bigint, keep: a number of ours", "bigint, mask: hash")))
                .containsExactly("public.users.phone: is made from id, which is masked itself and would show through");
    }

    @Test
    void aForeignKeyMustFindItsRowAgain() {
        assertThat(messages(GOOD.replace(
                        "payer: {type: public.citext, domain: address}", "payer: {type: public.citext, mask: email}")))
                .containsExactly(
                        "public.payments.payer: refers to public.users.email, and would not find its row again");
        assertThat(messages(GOOD.replace(
                        "payer: {type: public.citext, domain: address}", "payer: {type: public.citext, mask: remove}")))
                .isEmpty();
    }

    @Test
    void aTableWithoutRowsCannotBeReferredTo() {
        assertThat(messages(GOOD.replaceFirst("columns:", "rows: none\n    columns:")))
                .containsExactly("public.payments.payer: refers to public.users, of which no row is copied");
    }

    @Test
    void citextNeedsADomainWhereLetterCaseIsIgnored() {
        assertThat(messages(GOOD.replace(", letter_case: ignored", "")))
                .containsExactly(
                        "public.payments.payer: is citext, and in the domain address letter case matters",
                        "public.users.email: is citext, and in the domain address letter case matters");
    }

    @Test
    void aPartitionKeyStaysAsItIs() {
        assertThat(messages(GOOD.replace("type: date, keep: a day is nobody", "type: date, mask: date, to: year")))
                .containsExactly("public.payments.paid_on: decides in which partition a row lies, and would be masked");
    }

    private static Stream<String> found(String file) {
        ClassificationReading reading = ClassificationFile.read(file, new Problems("test.yml", "example"));
        assertThat(reading).isInstanceOf(ClassificationReading.Accepted.class);
        return ClassificationCheck.findings(
                        ((ClassificationReading.Accepted) reading).classification(),
                        new Schema(List.of(USERS_TABLE, PAYMENTS_TABLE)))
                .stream()
                .map(Finding::text);
    }

    private static Stream<String> messages(String file) {
        return found(file).map(text -> text.substring(0, text.indexOf('\n')));
    }

    private static String without(String key) {
        return GOOD.lines().filter(line -> !line.contains(key)).reduce("", (a, b) -> a + b + "\n");
    }

    private static SchemaColumn column(String name, String type, TypeKind kind, Trait... traits) {
        return new SchemaColumn(name, type, kind, OptionalInt.empty(), Set.of(traits));
    }
}
