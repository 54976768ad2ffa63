package dev.windlass.workflows.dns;

/** The kind of record that holds an address. */
public enum AddressType {
    A,
    AAAA
}
