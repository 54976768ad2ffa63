package dev.windlass.runbooks.page;

import static dev.windlass.runbooks.page.SamplePlans.command;
import static dev.windlass.runbooks.page.SamplePlans.object;
import static dev.windlass.runbooks.page.SamplePlans.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByHandTest {
    private static final Channel NONE = new Channel.None();

    @Test
    void wordsAreQuotedAndSlotsStay() {
        assertThat(ShellWords.word("--snapshot={snapshot}")).isEqualTo("--snapshot={snapshot}");
        assertThat(ShellWords.word("/sets/{set}/shop.age")).isEqualTo("/sets/{set}/shop.age");
        assertThat(ShellWords.word("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellWords.word("{a,b}")).isEqualTo("'{a,b}'");
        assertThat(ShellWords.word("$HOME")).isEqualTo("'$HOME'");
        assertThat(ShellWords.word("~")).isEqualTo("'~'");
        assertThat(ShellWords.word("*")).isEqualTo("'*'");
        assertThat(ShellWords.word("")).isEqualTo("''");
    }

    @Test
    void secretsAreReadByTheShellAndNeverWritten() {
        assertThat(typed(command(List.of("psql"), NONE, NONE)))
                .containsExactly("PGAPPNAME='it'\\''s {token}' PGPASSWORD=\"$SHOP_PASSWORD\" psql");
        assertThat(Secrets.valueOf(new SecretReference("file:/run/secrets/a b")))
                .isEqualTo("\"$(cat '/run/secrets/a b')\"");
    }

    @Test
    void aSecretInsideAnAddressIsReadByTheShellAsWell() {
        Effect.Command migrate = new Effect.Command(
                Access.CHANGES,
                new HostName("local"),
                List.of("prisma"),
                Sorted.of("DATABASE_URL", "postgresql://shop:$PGPASSWORD@127.0.0.1/shop?a=1&b=$HOME"),
                Sorted.of("PGPASSWORD", new SecretReference("env:SHOP_PASSWORD")),
                NONE,
                NONE);

        assertThat(typed(migrate))
                .containsExactly(
                        "DATABASE_URL=postgresql://shop:\"$SHOP_PASSWORD\"'@127.0.0.1/shop?a=1&b=$HOME' \\",
                        "    PGPASSWORD=\"$SHOP_PASSWORD\" prisma");
    }

    @Test
    void sealedOutputIsAPipeThroughZstdAndAge() {
        assertThat(typed(plain(
                        List.of("pg_dump", "shop"),
                        NONE,
                        new Channel.SealedFile("/sets/{set}/shop.age", 3, List.of("age1a", "{recipient}")))))
                .containsExactly(
                        "pg_dump shop \\",
                        "  | zstd -3 \\",
                        "  | age --encrypt --recipient age1a --recipient {recipient} > /sets/{set}/shop.age");
    }

    @Test
    void openedInputComesThroughAgeAndZstd() {
        assertThat(typed(plain(
                        List.of("psql"),
                        new Channel.OpenedFile("/sets/x.age", new SecretReference("file:/state/x.agekey")),
                        NONE)))
                .containsExactly(
                        "age --decrypt --identity /state/x.agekey /sets/x.age \\",
                        "  | zstd --decompress \\",
                        "  | psql");
        assertThat(typed(plain(
                        List.of("psql"),
                        new Channel.OpenedFile("/sets/x.age", new SecretReference("env:IDENTITY")),
                        NONE)))
                .containsExactly(
                        "printf '%s\\n' \"$IDENTITY\" \\",
                        "  | age --decrypt --identity - /sets/x.age \\", "  | zstd --decompress \\", "  | psql");
    }

    @Test
    void filesAreRedirectedAndTextIsAHereDocument() {
        assertThat(typed(plain(List.of("sort"), new Channel.PlainFile("/in"), new Channel.PlainFile("/o t"))))
                .containsExactly("sort < /in > '/o t'");
        assertThat(typed(plain(List.of("tee", "/f"), new Channel.Text("a\nEND\n"), NONE)))
                .containsExactly("tee /f <<'END_'", "a", "END", "END_");
    }

    @Test
    void commandOnAnotherHostSaysSo() {
        assertThat(typed(new Effect.Command(
                        Access.READS, new HostName("vps"), List.of("id"), Sorted.of(), Sorted.of(), NONE, NONE)))
                .containsExactly("# on vps", "id");
    }

    @Test
    void longLinesAreContinued() {
        List<String> lines = typed(plain(List.of("echo", "x".repeat(60), "y".repeat(60)), NONE, NONE));
        assertThat(lines).containsExactly("echo " + "x".repeat(60) + " \\", "    " + "y".repeat(60));
    }

    @Test
    void statementIsTypedAtThePromptOfItsDatabase() {
        assertThat(typed(new Sql(Access.READS, "my-shop", "BEGIN; SELECT 1")))
                .containsExactly("psql --no-psqlrc \"$MY_SHOP_DATABASE\"", "my-shop=> BEGIN; SELECT 1;");
    }

    @Test
    void objectsOfABucketAreReachedByTheAwsCommandLine() {
        String bucket = "--endpoint-url \"$OFFSITE_ENDPOINT\" --bucket \"$OFFSITE_BUCKET\"";
        assertThat(remote(Verb.LIST, "sets/", Condition.NONE))
                .isEqualTo("aws s3api list-objects-v2 " + bucket + " --prefix \"$OFFSITE_PREFIX\"sets/");
        assertThat(remote(Verb.HEAD, "a/b", Condition.NONE))
                .isEqualTo("aws s3api head-object " + bucket + " --key \"$OFFSITE_PREFIX\"a/b");
        assertThat(remote(Verb.GET, "a/b", Condition.NONE))
                .isEqualTo("aws s3api get-object " + bucket + " --key \"$OFFSITE_PREFIX\"a/b b");
        assertThat(remote(Verb.PUT, "a/b", Condition.IF_ABSENT))
                .isEqualTo("aws s3api put-object " + bucket
                        + " --key \"$OFFSITE_PREFIX\"a/b --body b --if-none-match '*'");
        assertThat(remote(Verb.MULTIPART_PUT, "a/b", Condition.NONE))
                .isEqualTo(
                        "aws s3 cp --endpoint-url \"$OFFSITE_ENDPOINT\" b s3://\"$OFFSITE_BUCKET\"/\"$OFFSITE_PREFIX\"a/b");
        assertThat(remote(Verb.DELETE, "a/b", Condition.NONE))
                .isEqualTo("aws s3api delete-object " + bucket + " --key \"$OFFSITE_PREFIX\"a/b");
        assertThat(remote(Verb.DELETE, "a/", Condition.NONE))
                .isEqualTo("aws s3 rm --recursive --endpoint-url \"$OFFSITE_ENDPOINT\""
                        + " s3://\"$OFFSITE_BUCKET\"/\"$OFFSITE_PREFIX\"a/");
    }

    @Test
    void objectsOfTheBackupDirectoryAreFiles() {
        assertThat(local(Verb.LIST, "sets/")).isEqualTo("ls -l \"${BACKUP_DIRECTORY:?}\"/sets/");
        assertThat(local(Verb.HEAD, "a/b")).isEqualTo("stat \"${BACKUP_DIRECTORY:?}\"/a/b");
        assertThat(local(Verb.GET, "a/b")).isEqualTo("cp \"${BACKUP_DIRECTORY:?}\"/a/b b");
        assertThat(local(Verb.PUT, "a/b")).isEqualTo("cp b \"${BACKUP_DIRECTORY:?}\"/a/b");
        assertThat(local(Verb.DELETE, "a/b")).isEqualTo("rm -f -- \"${BACKUP_DIRECTORY:?}\"/a/b");
        assertThat(local(Verb.DELETE, "a/")).isEqualTo("rm -rf -- \"${BACKUP_DIRECTORY:?}\"/a/");
    }

    @Test
    void credentialOfACallIsNamedBesideIt() {
        assertThat(typed(new HttpCall(
                        Access.CHANGES,
                        "POST",
                        "https://example.com/x?a=1",
                        Optional.of("{\"a\": 1}"),
                        Optional.of(new SecretReference("env:TOKEN")))))
                .containsExactly(
                        "# with the credential env:TOKEN",
                        "curl --fail-with-body --request POST --data-raw '{\"a\": 1}' 'https://example.com/x?a=1'");
        assertThat(typed(new HttpCall(
                        Access.CHANGES, "SEND", "smtp://mail:587", Optional.of("to you"), Optional.empty())))
                .containsExactly("# to you", "# SEND smtp://mail:587");
    }

    @Test
    void dokploysKeyComesFromAFileAndNeverStandsInTheCommand() {
        assertThat(typed(new HttpCall(
                        Access.CHANGES,
                        "POST",
                        "https://dokploy.example.com/api/application.deploy",
                        Optional.of("{\"title\":\"{title}\"}"),
                        Optional.of(new SecretReference("env:DOKPLOY_KEY")))))
                .containsExactly(
                        "# dokploy.header: one line, x-api-key: and the credential env:DOKPLOY_KEY",
                        "curl --fail-with-body --request POST --header @dokploy.header \\",
                        "    --header 'Content-Type: application/json' --data-raw '{\"title\":\"{title}\"}' \\",
                        "    https://dokploy.example.com/api/application.deploy");
    }

    @Test
    void aNameIsAskedForAndThenAtTheMachineThatIsMeant() {
        assertThat(typed(new Effect.DnsQuery("bob.ns.example.net:53", "shop.example.com", "A")))
                .containsExactly("dig +short @bob.ns.example.net shop.example.com A");
        assertThat(typed(new Effect.DnsQuery("127.0.0.1:5300", "shop.example.com", "AAAA")))
                .containsExactly("dig +short @127.0.0.1 -p 5300 shop.example.com AAAA");
        HttpCall call = new HttpCall(
                Access.READS, "GET", "https://shop.example.com/health", Optional.empty(), Optional.empty());
        assertThat(typed(call.at("198.51.100.7")))
                .containsExactly(
                        "curl --fail-with-body --request GET --resolve shop.example.com:443:198.51.100.7 \\",
                        "    https://shop.example.com/health");
        assertThat(typed(call.at("2001:db8::7")).getFirst()).contains("'shop.example.com:443:[2001:db8::7]'");
    }

    @Test
    void cloudflaresTokenComesFromAFileAndNeverStandsInTheCommand() {
        assertThat(typed(new HttpCall(
                        Access.CHANGES,
                        "PATCH",
                        "https://api.cloudflare.com/client/v4/zones/1/dns_records/2",
                        Optional.of("{\"ttl\":60}"),
                        Optional.of(new SecretReference("env:CLOUDFLARE_TOKEN")))))
                .containsExactly(
                        "# cloudflare.header: one line, Authorization: Bearer and the credential env:CLOUDFLARE_TOKEN",
                        "curl --fail-with-body --request PATCH --header @cloudflare.header \\",
                        "    --header 'Content-Type: application/json' --data-raw '{\"ttl\":60}' \\",
                        "    https://api.cloudflare.com/client/v4/zones/1/dns_records/2");
    }

    private static Effect plain(List<String> argv, Channel input, Channel output) {
        return new Effect.Command(Access.CHANGES, new HostName("local"), argv, Sorted.of(), Sorted.of(), input, output);
    }

    private static String remote(Verb verb, String key, Condition condition) {
        return unwrapped(object(verb, "offsite", key, condition, Optional.empty()));
    }

    private static String local(Verb verb, String key) {
        return unwrapped(object(verb, "local", key, Condition.NONE, Optional.empty()));
    }

    private static String unwrapped(Effect effect) {
        return String.join("\n", typed(effect)).replace(" \\\n    ", " ");
    }
}
