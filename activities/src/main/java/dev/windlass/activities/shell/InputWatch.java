package dev.windlass.activities.shell;

/** Sees the input of a command go by on its way to the program, and changes nothing about it. Must not throw. */
public interface InputWatch {
    InputWatch NOBODY = new InputWatch() {
        @Override
        public void begin() {}

        @Override
        public void passed(byte[] bytes, int offset, int length) {}
    };

    /** Before the first byte; once more when the command is started again and reads from the beginning. */
    void begin();

    /** The next bytes, which belong to somebody else: they are to be looked at now and not to be kept. */
    void passed(byte[] bytes, int offset, int length);
}
