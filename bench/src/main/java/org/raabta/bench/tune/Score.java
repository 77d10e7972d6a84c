package org.raabta.bench.tune;

import java.util.Comparator;
import java.util.List;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.RunResult;

/**
 * What a call, or the mean of several, comes to; both directions together.
 *
 * @param brokenShare  of the seconds, 0 to 1
 * @param mouthToEarMs the mean of both medians
 * @param videoKbps    of both directions
 */
record Score(double brokenShare, double mouthToEarMs, double videoKbps, double deepQueueShare) {
    /** Shares nearer than this are equal: then the next figure decides. */
    private static final double SAME_BROKEN = 0.002;

    private static final double SAME_MS = 20;

    /** The objective: fewest broken seconds, then least mouth to ear, then most picture. The best one is least. */
    static final Comparator<Score> OBJECTIVE = Comparator.<Score>comparingLong(
                    score -> Math.round(score.brokenShare / SAME_BROKEN))
            .thenComparingLong(score -> Math.round(score.mouthToEarMs / SAME_MS))
            .thenComparingDouble(score -> -score.videoKbps);

    static Score of(RunResult result) {
        double broken = 0;
        double delayMs = 0;
        double video = 0;
        double queue = 0;
        for (DirectionResult direction : result.directions().values()) {
            broken += direction.brokenSeconds() == null ? 0 : direction.brokenSeconds();
            // Who heard nothing waited all the time.
            delayMs += direction.mouthToEarMs() == null
                    ? result.seconds() * 1000
                    : direction.mouthToEarMs().p50();
            video += direction.video() == null || direction.video().kbps() == null
                    ? 0
                    : direction.video().kbps();
            queue += direction.queueOver600msSeconds() == null ? 0 : direction.queueOver600msSeconds();
        }
        int directions = result.directions().size();
        double seconds = result.seconds() * directions;
        return new Score(broken / seconds, delayMs / directions, video, queue / seconds);
    }

    static Score mean(List<Score> scores) {
        return new Score(
                scores.stream().mapToDouble(Score::brokenShare).average().orElse(0),
                scores.stream().mapToDouble(Score::mouthToEarMs).average().orElse(0),
                scores.stream().mapToDouble(Score::videoKbps).average().orElse(0),
                scores.stream().mapToDouble(Score::deepQueueShare).average().orElse(0));
    }
}
