package dev.windlass.starter.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void linesUpWideAndCombiningCharacters() {
        Table table = new Table().left("NAME").right("ROWS").left("NOTE");
        table.row("学習", "1", "a");
        table.row("cafe\u0301", "1,200", "b");
        table.row("users", "30", "");

        assertThat(table.toString()).isEqualTo("""
                NAME    ROWS  NOTE
                学習       1  a
                cafe\u0301   1,200  b
                users     30
                """);
    }

    @Test
    void printsNoTitleLineWithoutTitles() {
        assertThat(new Table().left("").left("").row("set", "a").toString()).isEqualTo("set  a\n");
    }

    @Test
    void cutsByColumns() {
        assertThat(TextWidth.cut("学習学習", 6)).isEqualTo("学習…");
        assertThat(TextWidth.cut("abc", 3)).isEqualTo("abc");
    }
}
