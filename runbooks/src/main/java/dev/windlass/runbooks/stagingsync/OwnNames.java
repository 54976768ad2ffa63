package dev.windlass.runbooks.stagingsync;

import java.util.List;

/** Names for people who are none. */
final class OwnNames {
    static final List<String> FIRST = List.of(
            "Ada", "Alba", "Amir", "Anouk", "Ayo", "Bela", "Carmen", "Chen", "Dalia", "Dmitri", "Elif", "Emil", "Farah",
            "Finn", "Gita", "Hana", "Hugo", "Ines", "Ivo", "Jana", "Joel", "Kaito", "Kira", "Lars", "Leila", "Luca",
            "Mara", "Milo", "Nadia", "Nils", "Noor", "Olga", "Omar", "Pia", "Quinn", "Rafael", "Rosa", "Sami", "Selma",
            "Tariq", "Tess", "Uma", "Vera", "Viktor", "Wanda", "Yara", "Yusuf", "Zoe");
    static final List<String> LAST = List.of(
            "Amberley",
            "Birchwood",
            "Calloway",
            "Dunmore",
            "Eastbrook",
            "Fairholm",
            "Glenmore",
            "Hartwell",
            "Ironside",
            "Jessamy",
            "Kestrel",
            "Larkfield",
            "Mossgrove",
            "Northgate",
            "Oakhurst",
            "Pinecrest",
            "Quillfeather",
            "Ravenhill",
            "Stonebridge",
            "Thornbury",
            "Underhill",
            "Vantreight",
            "Westmarch",
            "Yarrow",
            "Zephyrine",
            "Ashdown",
            "Briarley",
            "Coldwater",
            "Deepdale",
            "Elmsworth",
            "Foxglove",
            "Greenacre");
    static final List<String> STREETS = List.of(
            "Example Street", "Sample Lane", "Placeholder Road", "Specimen Avenue", "Testing Way", "Model Square");

    private OwnNames() {}
}
