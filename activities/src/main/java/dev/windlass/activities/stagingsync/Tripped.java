package dev.windlass.activities.stagingsync;

/** Something that no mask makes was on its way. It says where, and of what form; never what. */
final class Tripped extends Exception {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final Tripwire.Kind kind;

    Tripped(String place, Tripwire.Kind kind) {
        super(place + " holds " + kind.words() + " that no mask has made", null, false, false);
        this.place = place;
        this.kind = kind;
    }

    String place() {
        return place;
    }

    Tripwire.Kind kind() {
        return kind;
    }
}
