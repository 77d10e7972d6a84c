package org.raabta.bench.sim.model;

/** The single pictures that one person was shown, and the photo that was asked for. */
public final class Pictures {
    private int stills;
    private double ageMs;
    private long stillBytes;
    private long photoBytes;
    private double photoMs = Double.NaN;

    void still(int bytes, long takenNanos, long nowNanos) {
        stills++;
        stillBytes += bytes;
        ageMs += (nowNanos - takenNanos) / 1e6;
    }

    void photo(int bytes, long askedNanos, long nowNanos) {
        photoBytes = bytes;
        photoMs = (nowNanos - askedNanos) / 1e6;
    }

    public int stills() {
        return stills;
    }

    /** How old a picture was when it was shown, in the mean; NaN if there was none. */
    public double meanAgeMs() {
        return stills == 0 ? Double.NaN : ageMs / stills;
    }

    public long stillBytes() {
        return stillBytes;
    }

    public long photoBytes() {
        return photoBytes;
    }

    /** From the request on until it was whole; NaN if it did not come whole. */
    public double photoMs() {
        return photoMs;
    }
}
