package org.raabta.bench.emulator;

/** What a packet carries, as far as a middlebox cares. */
public enum Transport {
    UDP,
    TCP,
    OTHER
}
