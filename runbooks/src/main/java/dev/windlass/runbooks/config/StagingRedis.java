package dev.windlass.runbooks.config;

/**
 * What staging caches in, of which one database is emptied when staging is replaced.
 *
 * @param database its number on the server
 */
public record StagingRedis(RedisServer server, int database) {
    /** For people. */
    public String words() {
        return "database " + database + " of Redis at " + server.place();
    }
}
