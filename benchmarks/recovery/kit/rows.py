"""The query that counts the rows of a database, one table after the other. By itself prints the one for logged tables."""

# WAL has nothing of an unlogged table: it comes back empty from a physical backup, as after a crash, and with rows from a dump.
LOGGED = "p"
LOGGED_AND_UNLOGGED = "pu"


def query(persistence):
    """@param persistence letters of pg_class.relpersistence"""
    letters = ", ".join(f"'{letter}'" for letter in persistence)
    tables = f"""FROM pg_class WHERE relkind = 'r' AND relpersistence IN ({letters})
        AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'"""
    count = "query_to_xml(format('SELECT count(*) AS c FROM ONLY %s', oid::regclass), false, true, '')"
    return f"SELECT sum((xpath('/row/c/text()', {count}))[1]::text::bigint) {tables}"


if __name__ == "__main__":
    print(query(LOGGED))
