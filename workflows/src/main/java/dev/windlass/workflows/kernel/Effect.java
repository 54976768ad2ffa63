package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Something that touches the world, as a value: planned, printed, approved and executed from this one description. Text
 * in it may hold slots such as {@code {snapshot}}, which {@link Slots} fills when the run knows them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "effect")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Effect.HttpCall.class, name = "http"),
    @JsonSubTypes.Type(value = Effect.Sql.class, name = "sql"),
    @JsonSubTypes.Type(value = Effect.ObjectCall.class, name = "object"),
    @JsonSubTypes.Type(value = Effect.DnsQuery.class, name = "dns")
})
public sealed interface Effect {
    Access access();

    /**
     * A program and its arguments, never a string for a shell.
     *
     * @param environment variables in clear text; {@code $NAME} in one stands for the secret NAME of this command, encoded
     *     as a URL wants it, and is put there where the command runs
     * @param secrets variables whose values are resolved where the command runs
     * @param tolerated the exit code besides 0 after which the output is whole, as that program documents it
     */
    record Command(
            Access access,
            HostName host,
            List<String> argv,
            SortedMap<String, String> environment,
            SortedMap<String, SecretReference> secrets,
            Channel input,
            Channel output,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> tolerated)
            implements Effect {
        public Command {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("a command needs a program");
            }
            environment = Sorted.copyOf(environment);
            secrets = Sorted.copyOf(secrets);
        }

        public Command(
                Access access,
                HostName host,
                List<String> argv,
                SortedMap<String, String> environment,
                SortedMap<String, SecretReference> secrets,
                Channel input,
                Channel output) {
            this(access, host, argv, environment, secrets, input, output, Optional.empty());
        }

        public Command tolerating(int exitCode) {
            return new Command(access, host, argv, environment, secrets, input, output, Optional.of(exitCode));
        }

        /** Whether the program did what it was asked to. */
        public boolean isSuccess(int exitCode) {
            return exitCode == 0 || tolerated.filter(code -> code == exitCode).isPresent();
        }

        /** The program's name without its directory; behind {@code setpriv … --}, {@code nice}, {@code ionice} and {@code env}. */
        public String program() {
            return Programs.nameIn(argv);
        }
    }

    /**
     * One request of an HTTP API.
     *
     * @param authorization the credential, sent as that API asks for it
     * @param address the machine that is asked, whatever the name in the URL resolves to; empty means as it resolves
     */
    record HttpCall(
            Access access,
            String method,
            String url,
            Optional<String> body,
            Optional<SecretReference> authorization,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> address)
            implements Effect {
        public HttpCall(
                Access access,
                String method,
                String url,
                Optional<String> body,
                Optional<SecretReference> authorization) {
            this(access, method, url, body, authorization, Optional.empty());
        }

        public HttpCall at(String machine) {
            return new HttpCall(access, method, url, body, authorization, Optional.of(machine));
        }
    }

    /**
     * One question to a name server.
     *
     * @param server {@code HOST:PORT}
     * @param type {@code A} or {@code AAAA}
     */
    record DnsQuery(Access access, String server, String name, String type) implements Effect {
        public DnsQuery(String server, String name, String type) {
            this(Access.READS, server, name, type);
        }
    }

    /**
     * A statement run through a database connection.
     *
     * @param connection the database of ops.yml, or {@code scratch} for the throw-away cluster of a proof
     */
    record Sql(Access access, String connection, String statement) implements Effect {}

    /**
     * One operation on an object store.
     *
     * @param file the local file that is sent or received, where there is one
     */
    record ObjectCall(Access access, Verb verb, StoreName store, String key, Condition condition, Optional<String> file)
            implements Effect {
        public enum Verb {
            LIST,
            HEAD,
            GET,
            PUT,
            MULTIPART_PUT,
            DELETE
        }

        public enum Condition {
            NONE,
            IF_ABSENT
        }
    }
}
