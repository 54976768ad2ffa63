package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks one name server one question, over UDP, and over TCP where the answer is too long for it. Nothing is kept. */
final class NameServers {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final StepContext context;

    NameServers(StepContext context) {
        this.context = context;
    }

    sealed interface Answer {
        /** @param addresses sorted; empty where the name has none of that type */
        record Given(List<Address> addresses) implements Answer {}

        record None(String reason) implements Answer {}
    }

    Answer ask(DnsQuery query) {
        context.begun(query);
        try {
            // The dot keeps search domains of this machine out.
            Record question =
                    Record.newRecord(Name.fromString(query.name() + "."), Type.value(query.type()), DClass.IN);
            SimpleResolver server = new SimpleResolver(place(query.server()));
            server.setTimeout(PATIENCE);
            return answer(server.send(Message.newQuery(question)));
        } catch (IOException failed) {
            return new Answer.None(Failure.messageOf(failed));
        }
    }

    private static InetSocketAddress place(String server) throws IOException {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon);
        return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(server.substring(colon + 1)));
    }

    private static Answer answer(Message message) {
        int code = message.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return new Answer.None(Rcode.string(code));
        }
        TreeSet<Address> addresses = new TreeSet<>();
        for (Record record : message.getSection(Section.ANSWER)) {
            switch (record) {
                case ARecord ip4 -> addresses.add(new Address(ip4.getAddress().getHostAddress()));
                case AAAARecord ip6 ->
                    addresses.add(new Address(ip6.getAddress().getHostAddress()));
                // The names in between, where one leads to another.
                default -> {}
            }
        }
        return new Answer.Given(List.copyOf(addresses));
    }
}
