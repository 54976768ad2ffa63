package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.PersonName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code people:} */
final class PeopleReader {
    private static final Pattern USER_ID = Pattern.compile("[UW][A-Z0-9]{8,20}");

    private static final Form<String> SLACK = new Form<>("Slack's id of the person, U…", "missing", scalar -> {
        String user = scalar.requireText();
        if (!USER_ID.matcher(user).matches()) {
            throw new Misfit(
                    "\"" + user + "\" is not the id of a Slack user",
                    "open the person's profile in Slack and choose Copy member ID, U…");
        }
        return user;
    });

    private static final SshPublicKey NO_KEY =
            new SshPublicKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

    private static final Form<SshPublicKey> KEY = new Form<>("one line of a .pub file", NO_KEY, PeopleReader::key);

    private final SortedMap<PersonName, Person> people = new TreeMap<>();
    private final Map<Object, String> owners = new HashMap<>();

    private PeopleReader() {}

    static SortedMap<PersonName, Person> readAll(Section root) {
        PeopleReader reader = new PeopleReader();
        root.named("people").forEach(reader::read);
        return reader.people;
    }

    private void read(String name, Section section) {
        Optional<PersonName> personName = section.itsName(name, Forms.PERSON);
        Optional<String> slack = section.find("slack", SLACK);
        Optional<SshPublicKey> key = section.find("key", KEY);
        if (!section.has("slack") && !section.has("key")) {
            section.reportItself(
                    "has neither slack nor key, so this person can prove nothing",
                    "write a Slack id, the line of a .pub file, or both");
        }
        slack.ifPresent(id -> requireOwn(id, "slack", name, section));
        key.ifPresent(line -> requireOwn(line, "key", name, section));
        section.refuseOtherKeys();
        // A name with a problem below it still counts as known: approvals may refer to it.
        personName.ifPresent(good -> people.put(
                good, new Person(good, slack, slack.isEmpty() && key.isEmpty() ? Optional.of(NO_KEY) : key)));
    }

    /** Two names for one proof would make one person two. */
    private void requireOwn(Object proof, String under, String name, Section section) {
        String owner = owners.putIfAbsent(proof, name);
        if (owner != null) {
            section.report(under, "is " + owner + "'s already", "each person has one of their own");
        }
    }

    private static SshPublicKey key(Scalar scalar) throws Misfit {
        String line = scalar.requireText();
        // Never repeated: it may be the secret half.
        if (line.contains("PRIVATE KEY")) {
            throw new Misfit(
                    "a private key stands here (not shown)",
                    "write the line of its .pub file, and make a new pair: this one has been in a file");
        }
        String type = line.split("\\s+", 2)[0];
        if (type.contains("-cert-v01")) {
            throw new Misfit("is a certificate", "write the key itself, the line of its .pub file");
        }
        return SshPublicKey.find(line)
                .orElseThrow(() -> SshPublicKey.TYPES.contains(type)
                        ? new Misfit(
                                "the key after " + type + " is damaged", "copy the line of the .pub file again, whole")
                        : new Misfit(
                                "is not the line of a public key that signs here",
                                "write the line of a .pub file; it begins with one of " + SshPublicKey.types()));
    }
}
