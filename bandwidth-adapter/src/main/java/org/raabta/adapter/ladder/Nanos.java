package org.raabta.adapter.ladder;

/** Times compared by difference, so that a clock may wrap (design/style.md, rule 2). */
final class Nanos {
    private Nanos() {}

    static long ofMs(double ms) {
        return Math.round(ms * 1e6);
    }

    static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }
}
