package dev.windlass.testbed.cloudflare;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One question and its answer on the wire, RFC 1035, 4.1. */
record DnsMessage(int id, int flags, String name, int type, byte[] question) {
    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int IN = 1;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int RECURSION_DESIRED = 0x0100;
    /** The name of the question, RFC 1035, 4.1.4. */
    private static final int POINTER = 0xC000 | HEADER;

    private static final int NO_SUCH_NAME = 3;
    private static final int REFUSED = 5;

    /** Empty for anything but one question of class IN. */
    static Optional<DnsMessage> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int id = in.getShort() & 0xffff;
            int flags = in.getShort() & 0xffff;
            int questions = in.getShort() & 0xffff;
            in.position(HEADER);
            StringBuilder name = new StringBuilder();
            for (int length = in.get(); length > 0; length = in.get()) {
                byte[] label = new byte[length];
                in.get(label);
                name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
            }
            int type = in.getShort() & 0xffff;
            int kind = in.getShort() & 0xffff;
            byte[] question = new byte[in.position() - HEADER];
            System.arraycopy(bytes, HEADER, question, 0, question.length);
            boolean isOurs = questions == 1 && kind == IN && (flags & RESPONSE) == 0;
            return isOurs ? Optional.of(new DnsMessage(id, flags, name.toString(), type, question)) : Optional.empty();
        } catch (BufferUnderflowException | NegativeArraySizeException malformed) {
            return Optional.empty();
        }
    }

    byte[] answer(Zone zone) {
        String word = type == A ? "A" : type == AAAA ? "AAAA" : "";
        return switch (zone.find(name, word)) {
            case Zone.Found.Name found -> write(0, found.answers());
            case Zone.Found.Nobody nobody -> write(NO_SUCH_NAME, List.of());
            case Zone.Found.NotOurs notOurs -> write(REFUSED, List.of());
        };
    }

    private byte[] write(int code, List<Zone.Answer> answers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(id);
            out.writeShort(RESPONSE | AUTHORITATIVE | flags & RECURSION_DESIRED | code);
            out.writeShort(1);
            out.writeShort(answers.size());
            out.writeShort(0);
            out.writeShort(0);
            out.write(question);
            for (Zone.Answer answer : answers) {
                byte[] address = InetAddress.getByName(answer.address()).getAddress();
                out.writeShort(POINTER);
                out.writeShort(type);
                out.writeShort(IN);
                out.writeInt(answer.ttl());
                out.writeShort(address.length);
                out.write(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
