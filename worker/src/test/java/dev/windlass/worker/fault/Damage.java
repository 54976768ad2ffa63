package dev.windlass.worker.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** What disks do to files. In place: the double of the bucket keeps what it knows of an object in the file's attributes. */
final class Damage {
    private Damage() {}

    /** In the middle. Twice is as before. */
    static void flipOneBit(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = bytes.length() / 2;
            bytes.seek(middle);
            int found = bytes.read();
            bytes.seek(middle);
            bytes.write(found ^ 1);
        }
    }

    static void truncate(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
    }

    static void overwrite(Path file, byte[] content) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.write(content);
        }
    }
}
