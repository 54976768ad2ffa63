package dev.windlass.runbooks.stagingsync;

import java.util.Locale;

/** The words behind {@code mask:}. */
enum MaskKind {
    EMAIL,
    PHONE,
    NAME,
    ADDRESS,
    IBAN,
    CARD,
    IP,
    URL,
    DATE,
    TEXT,
    NOISE,
    UUID,
    HASH,
    CONSTANT,
    REMOVE,
    JSON;

    /** As it stands in a classification. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MaskKind of(Mask mask) {
        return switch (mask) {
            case Mask.Email email -> EMAIL;
            case Mask.Phone phone -> PHONE;
            case Mask.Name name -> NAME;
            case Mask.Address address -> ADDRESS;
            case Mask.Iban iban -> IBAN;
            case Mask.Card card -> CARD;
            case Mask.Ip ip -> IP;
            case Mask.Url url -> URL;
            case Mask.DateTo to -> DATE;
            case Mask.DateShift shift -> DATE;
            case Mask.Text text -> TEXT;
            case Mask.Noise noise -> NOISE;
            case Mask.Uuid uuid -> UUID;
            case Mask.Hash hash -> HASH;
            case Mask.Constant constant -> CONSTANT;
            case Mask.Remove remove -> REMOVE;
            case Mask.Json json -> JSON;
        };
    }
}
