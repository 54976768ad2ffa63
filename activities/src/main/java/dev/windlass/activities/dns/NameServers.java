package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Failure;
import java.util.Hashtable;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;

/** Asks one name server one question, over UDP, and over TCP where the answer is too long for it. Nothing is kept. */
final class NameServers {
    /** JNDI takes a name with a scheme for another directory's. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private final StepContext context;

    NameServers(StepContext context) {
        this.context = context;
    }

    sealed interface Answer {
        /** @param addresses sorted; empty where the name has none of that type */
        record Given(List<Address> addresses) implements Answer {}

        record None(String reason) implements Answer {}
    }

    // The provider for DNS gives text and makes no object of it.
    @SuppressWarnings("BanJNDI")
    Answer ask(DnsQuery query) {
        if (!NAME.matcher(query.name()).matches()) {
            throw new IllegalArgumentException("\"" + query.name() + "\" is not a name of DNS");
        }
        context.begun(query);
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://" + query.server());
        environment.put("com.sun.jndi.dns.timeout.initial", "1500");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            InitialDirContext server = new InitialDirContext(environment);
            try {
                // The dot keeps search domains of this machine out.
                return given(server.getAttributes(query.name() + ".", new String[] {query.type()}), query.type());
            } finally {
                server.close();
            }
        } catch (NameNotFoundException nobody) {
            return new Answer.Given(List.of());
        } catch (NamingException failed) {
            return new Answer.None(Failure.messageOf(failed));
        }
    }

    private static Answer given(Attributes attributes, String type) throws NamingException {
        Attribute found = attributes.get(type);
        TreeSet<Address> addresses = new TreeSet<>();
        if (found != null) {
            NamingEnumeration<?> values = found.getAll();
            while (values.hasMore()) {
                addresses.add(new Address(String.valueOf(values.next())));
            }
        }
        return new Answer.Given(List.copyOf(addresses));
    }
}
