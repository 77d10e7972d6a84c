package org.raabta.signaling.transfer;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;

/** One item that is coming. Owned by {@link Uploads}. */
public final class Upload {
    private final Offer offer;
    private final String by;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final Rate rate = new Rate();
    private final long beganNanos;
    private @Nullable LegId leg;
    private int number;
    int received;
    int kept;
    int acknowledged;
    long grewAtNanos;
    long acknowledgedAtNanos;
    long toldAtNanos;
    boolean whole;
    boolean checking;

    Upload(Offer offer, String by, int kept, long nowNanos) {
        this.offer = offer;
        this.by = by;
        this.received = kept;
        this.kept = kept;
        this.acknowledged = kept;
        this.beganNanos = nowNanos;
        this.grewAtNanos = nowNanos;
        this.acknowledgedAtNanos = nowNanos;
        this.toldAtNanos = nowNanos;
    }

    public Offer offer() {
        return offer;
    }

    public String id() {
        return offer.id();
    }

    /** The role's label of who sends it. */
    public String by() {
        return by;
    }

    /** Where it comes from now; nobody after a lost socket, or over HTTP. */
    public Optional<LegId> leg() {
        return Optional.ofNullable(leg);
    }

    int number() {
        return number;
    }

    /** The offset to go on from: everything below is kept or on its way to the disk. */
    public int received() {
        return received;
    }

    /** Everything below is kept. */
    public int kept() {
        return kept;
    }

    public long beganNanos() {
        return beganNanos;
    }

    /** The bytes of a still. */
    public byte[] bytes() {
        return memory.toByteArray();
    }

    void from(@Nullable LegId newLeg, int newNumber) {
        leg = newLeg;
        number = newNumber;
    }

    void receive(byte[] bytes, long nowNanos) {
        received += bytes.length;
        grewAtNanos = nowNanos;
        rate.add(bytes.length, nowNanos);
        if (offer.kind() == ItemKind.STILL) {
            memory.write(bytes, 0, bytes.length);
            kept = received;
        }
    }

    double kbps(long nowNanos) {
        return rate.kbps(nowNanos);
    }
}
