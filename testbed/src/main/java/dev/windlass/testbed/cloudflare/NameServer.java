package dev.windlass.testbed.cloudflare;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/** The zone's name server on loopback, over UDP and TCP (RFC 1035, 4.2). */
final class NameServer implements AutoCloseable {
    private static final int LARGEST = 4096;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Zone zone;

    private NameServer(DatagramSocket udp, ServerSocket tcp, Zone zone) {
        this.udp = udp;
        this.tcp = tcp;
        this.zone = zone;
    }

    static NameServer start(int port, Zone zone) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket tcp = new ServerSocket();
        tcp.bind(new InetSocketAddress(loopback, port));
        NameServer server =
                new NameServer(new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort())), tcp, zone);
        Thread.ofVirtual().start(server::serveDatagrams);
        Thread.ofVirtual().start(server::serveConnections);
        return server;
    }

    int port() {
        return tcp.getLocalPort();
    }

    private void serveDatagrams() {
        byte[] bytes = new byte[LARGEST];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                udp.receive(packet);
                Optional<byte[]> answer = answer(Arrays.copyOf(bytes, packet.getLength()));
                if (answer.isPresent()) {
                    udp.send(new DatagramPacket(answer.get(), answer.get().length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    private void serveConnections() {
        while (!tcp.isClosed()) {
            try {
                Socket connection = tcp.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                if (!tcp.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                DataInputStream in = new DataInputStream(connection.getInputStream());
                DataOutputStream out = new DataOutputStream(connection.getOutputStream())) {
            byte[] asked = in.readNBytes(in.readUnsignedShort());
            Optional<byte[]> answer = answer(asked);
            if (answer.isPresent()) {
                out.writeShort(answer.get().length);
                out.write(answer.get());
            }
        } catch (IOException gone) {
            return;
        }
    }

    private Optional<byte[]> answer(byte[] asked) {
        return DnsMessage.read(asked).map(message -> message.answer(zone));
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
