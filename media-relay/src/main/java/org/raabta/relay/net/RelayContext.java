package org.raabta.relay.net;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.raabta.relay.call.TranscoderPool;
import org.raabta.relay.secure.DtlsIdentity;

/**
 * What all loops of a relay share, safe for every thread.
 *
 * @param clock    nanos, monotonic
 * @param workers  where handshakes run; refuses when it is full
 * @param byUfrag  live legs by the base of their user name fragment
 */
public record RelayContext(
        LongSupplier clock,
        DtlsIdentity identity,
        Executor workers,
        TranscoderPool transcoders,
        DropCounters drops,
        ConcurrentMap<String, LegTransport> byUfrag) {
    public RelayContext(LongSupplier clock, DtlsIdentity identity, Executor workers, TranscoderPool transcoders) {
        this(clock, identity, workers, transcoders, new DropCounters(), new ConcurrentHashMap<>());
    }
}
