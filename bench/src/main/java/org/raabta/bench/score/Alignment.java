package org.raabta.bench.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what was said in what was heard. First windows of a second are looked for over the whole range of delays; a match
 * must resemble what was said and agree with a neighbour, as stock phrases and pitch give false ones. Then windows of a
 * third of a second are looked for near the delay so found, as a jitter buffer stretches and cuts inside a second.
 */
public final class Alignment {
    private static final int RATE_HZ = 8000;
    private static final double COARSE_MS = 1000;
    private static final double COARSE_HOP_MS = 500;
    private static final double COARSE_LEAST = 0.4;
    private static final double FINE_MS = 320;
    private static final double FINE_HOP_MS = 160;
    private static final double FINE_LEAST = 0.5;
    private static final double FINE_RANGE_MS = 120;
    /** A window with less sound than this share says nothing. */
    private static final double SOUND_SHARE = 0.3;
    /** A match stands if another one this near in time has about its delay. */
    private static final double NEIGHBOUR_MS = 2000;

    private static final double AGREEMENT_MS = 250;

    private final Recording sent;
    private final Recording received;
    private final SpeechActivity sound;
    private final Search search;
    private final Correlation correlation = new Correlation();

    /** The delays that are looked for. A wide range costs time and finds more false matches. */
    public record Search(double leastMs, double mostMs) {
        /** From a little before (clocks' grain) to the deepest queue of the shipped links with a round trip and a jitter buffer on top. */
        public static final Search USUAL = new Search(-50, 12_000);

        public Search {
            if (!(mostMs > leastMs)) {
                throw new IllegalArgumentException("mostMs must be above leastMs");
            }
        }
    }

    private Alignment(Recording sent, Recording received, Search search) {
        this.sent = sent.atRate(RATE_HZ);
        this.received = received.atRate(RATE_HZ);
        this.sound = SpeechActivity.of(this.received);
        this.search = search;
    }

    /** Both recordings on one clock. The track is empty if nothing that was said was heard. */
    public static DelayTrack align(Recording sent, Recording received, Search search) {
        Alignment alignment = new Alignment(sent, received, search);
        DelayTrack coarse = new DelayTrack(agreeing(alignment.coarse()));
        List<DelayTrack.Match> fine = alignment.fine(coarse);
        return fine.isEmpty() ? coarse : new DelayTrack(agreeing(fine));
    }

    private List<DelayTrack.Match> coarse() {
        List<DelayTrack.Match> found = new ArrayList<>();
        for (double at = received.startMs(); at + COARSE_MS <= received.endMs(); at += COARSE_HOP_MS) {
            look(at, COARSE_MS, search.leastMs(), search.mostMs(), COARSE_LEAST, found);
        }
        return found;
    }

    private List<DelayTrack.Match> fine(DelayTrack coarse) {
        List<DelayTrack.Match> found = new ArrayList<>();
        List<DelayTrack.Match> guides = coarse.matches();
        int next = 0;
        for (double at = received.startMs(); at + FINE_MS <= received.endMs(); at += FINE_HOP_MS) {
            double centre = at + FINE_MS / 2;
            while (next < guides.size() && guides.get(next).receivedMs() < centre) {
                next++;
            }
            // The guides on both sides: where the delay steps between them, one of the two is right.
            List<DelayTrack.Match> here = new ArrayList<>();
            for (int i = Math.max(0, next - 1); i <= next && i < guides.size(); i++) {
                if (Math.abs(guides.get(i).receivedMs() - centre) <= NEIGHBOUR_MS) {
                    double guide = guides.get(i).delayMs();
                    look(at, FINE_MS, guide - FINE_RANGE_MS, guide + FINE_RANGE_MS, FINE_LEAST, here);
                }
            }
            here.stream()
                    .max(java.util.Comparator.comparingDouble(DelayTrack.Match::similarity))
                    .ifPresent(found::add);
        }
        return found;
    }

    private void look(
            double atMs, double lengthMs, double leastMs, double mostMs, double least, List<DelayTrack.Match> found) {
        if (sound.activeMs(atMs, atMs + lengthMs) < SOUND_SHARE * lengthMs) {
            return;
        }
        int window = (int) (lengthMs * RATE_HZ / 1000);
        int range = (int) ((mostMs - leastMs) * RATE_HZ / 1000);
        double fromMs = atMs - mostMs;
        Correlation.Peak peak = correlation.peak(sent.slice(fromMs, window + range), received.slice(atMs, window));
        if (peak.similarity() >= least) {
            // Both slices begin at whole samples of their own recording; the delay counts from those.
            double sentMs = sent.startMs() + (sent.indexAt(fromMs) + peak.index()) * 1000.0 / RATE_HZ;
            double heardMs = received.startMs() + received.indexAt(atMs) * 1000.0 / RATE_HZ;
            found.add(new DelayTrack.Match(atMs + lengthMs / 2, heardMs - sentMs, peak.similarity()));
        }
    }

    private static List<DelayTrack.Match> agreeing(List<DelayTrack.Match> matches) {
        List<DelayTrack.Match> kept = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            boolean agrees = false;
            for (int k = i - 1; !agrees && k >= 0 && near(matches, i, k); k--) {
                agrees = same(matches, i, k);
            }
            for (int k = i + 1; !agrees && k < matches.size() && near(matches, i, k); k++) {
                agrees = same(matches, i, k);
            }
            if (agrees) {
                kept.add(matches.get(i));
            }
        }
        return kept;
    }

    private static boolean near(List<DelayTrack.Match> matches, int i, int k) {
        return Math.abs(matches.get(i).receivedMs() - matches.get(k).receivedMs()) <= NEIGHBOUR_MS;
    }

    private static boolean same(List<DelayTrack.Match> matches, int i, int k) {
        return Math.abs(matches.get(i).delayMs() - matches.get(k).delayMs()) <= AGREEMENT_MS;
    }
}
