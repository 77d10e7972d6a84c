package org.raabta.adapter.profile;

import java.util.List;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;

/**
 * One rung with live voice.
 *
 * @param rung         which
 * @param enterKbps    what has to be proven before it is climbed to
 * @param leaveKbps    below this it is left at once: holding costs less than climbing
 * @param overheadKbps RTCP, feedback, checks and sockets beside the media
 * @param audio        how speech may be sent, cheapest first; the first is what the rung costs at least
 * @param lossy        the same for a link that loses packets, each with redundancy; may be empty
 * @param beside       the same while something is transferred over the link, cheapest first; may be empty: then {@code audio} serves
 * @param probe        further steps, taken only to prove the bits of the next better rung; may be empty
 * @param picture      the moving pictures, {@link PictureSettings#NONE} on rungs without
 * @param still        the single pictures, {@link StillSettings#NONE} on rungs without
 */
public record RungSettings(
        Rung rung,
        double enterKbps,
        double leaveKbps,
        double overheadKbps,
        List<AudioPlan> audio,
        List<AudioPlan> lossy,
        List<AudioPlan> beside,
        List<AudioPlan> probe,
        PictureSettings picture,
        StillSettings still) {
    public RungSettings {
        audio = List.copyOf(audio);
        lossy = List.copyOf(lossy);
        beside = List.copyOf(beside);
        probe = List.copyOf(probe);
    }

    /** The least this rung costs, everything counted. */
    public double leastKbps() {
        return audio.get(0).wireKbps() + leastPictureKbps() + overheadKbps;
    }

    /** Of moving or single pictures, whichever the rung has. */
    public double leastPictureKbps() {
        return picture.leastKbps() + still.leastKbps();
    }
}
