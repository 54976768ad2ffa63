package dev.windlass.runbooks.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of addresses. A URL is never repeated: it may carry a key. */
final class NetworkForms {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\\.?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]+");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern MAILBOX = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

    static final Form<Integer> PORT = Forms.number(1, 65535);

    static final Form<String> HOST_NAME = new Form<>("a host name or an address", "missing", NetworkForms::host);

    /** Of PostgreSQL: a path is the directory of its socket. */
    static final Form<String> HOST_OR_SOCKET = new Form<>(
            "a host name, an address, or the directory of a socket",
            "missing",
            scalar -> scalar.text().startsWith("/") ? Forms.PATH.read(scalar) : host(scalar));

    /** Of Redis. */
    static final Form<String> HOST_OR_SOCKET_FILE = new Form<>(
            "a host name, an address, or the path of a socket",
            "missing",
            scalar -> scalar.text().startsWith("/") ? Forms.PATH.read(scalar) : host(scalar));

    static final Form<String> HOST_AND_PORT = new Form<>("host:port", "missing:1", NetworkForms::hostAndPort);

    /** https with a host and perhaps a port, nothing behind it. */
    static final Form<String> ENDPOINT = new Form<>("an https URL without a path", "https://missing", scalar -> {
        URI url = url(scalar, Set.of("https"));
        if (!url.getRawPath().isEmpty() && !url.getRawPath().equals("/")) {
            throw new Misfit("has a path behind the host", "write the host alone; the bucket has a key of its own");
        }
        return withoutSlash(url.toString());
    });

    /** A web page of one's own: plain http is fine. */
    static final Form<String> PAGE = new Form<>(
            "the URL of a page",
            "https://missing",
            scalar -> withoutSlash(url(scalar, Set.of("https", "http")).toString()));

    /** Something that is called with a credential: https, except on this machine. */
    static final Form<String> SERVICE = new Form<>("an https URL", "https://missing", scalar -> {
        URI url = url(scalar, Set.of("https", "http"));
        if ("http".equalsIgnoreCase(url.getScheme()) && !isThisMachine(url.getHost())) {
            throw new Misfit(
                    "is an http URL of another machine", "write https://, or the credential travels in clear text");
        }
        return url.toString();
    });

    static final Form<String> MAIL_ADDRESS = new Form<>("an e-mail address", "missing@missing", scalar -> {
        String address = scalar.requireText();
        if (!MAILBOX.matcher(address).matches()) {
            throw new Misfit(
                    "\"" + address + "\" is not an e-mail address", "write it as name@example.com, without <>");
        }
        return address;
    });

    static final Form<String> BUCKET_NAME = new Form<>("the name of a bucket", "missing", scalar -> {
        String bucket = scalar.requireText();
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new Misfit(
                    "\"" + bucket + "\" cannot be the name of a bucket",
                    "write 3-63 lower-case letters, digits, '-' and '.'");
        }
        return bucket;
    });

    private NetworkForms() {}

    static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    private static String host(Scalar scalar) throws Misfit {
        String host = scalar.requireText();
        if (host.contains("://") || host.contains("@")) {
            throw new Misfit("is a URL or has a user name in it, but a host is wanted", "write the host alone");
        }
        if (host.length() > 253
                || !(HOST.matcher(host).matches() || IPV6.matcher(host).matches())) {
            throw new Misfit("\"" + host + "\" is not a host", "write a name such as db.internal, or an address");
        }
        return host;
    }

    private static String hostAndPort(Scalar scalar) throws Misfit {
        String address = scalar.requireText();
        int colon = address.lastIndexOf(':');
        if (colon < 0 || address.contains("://") || address.contains("@")) {
            throw new Misfit("is not host:port", "write it as in 127.0.0.1:7233");
        }
        String front = address.substring(0, colon);
        boolean bracketed = front.startsWith("[") && front.endsWith("]");
        host(new Scalar(bracketed ? front.substring(1, front.length() - 1) : front, Scalar.Kind.TEXT));
        PORT.read(new Scalar(address.substring(colon + 1), Scalar.Kind.NUMBER));
        return address;
    }

    private static URI url(Scalar scalar, Set<String> schemes) throws Misfit {
        URI url;
        try {
            url = new URI(scalar.requireText());
        } catch (URISyntaxException broken) {
            throw new Misfit(
                    "is not a URL: " + broken.getReason().toLowerCase(Locale.ROOT) + " at character "
                            + (broken.getIndex() + 1),
                    "write it as in https://example.com");
        }
        if (url.getScheme() == null || url.getHost() == null) {
            throw new Misfit("is not a URL with a scheme and a host", "write it as in https://example.com");
        }
        if (url.getRawUserInfo() != null) {
            throw new Misfit(
                    "carries a user name or a password", "remove what stands before the @, and replace that password");
        }
        if (!schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw new Misfit(
                    "starts with " + url.getScheme() + "://",
                    "write " + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        }
        if (url.getRawFragment() != null) {
            throw new Misfit("has a # in it", "end the URL before the #");
        }
        return url;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
