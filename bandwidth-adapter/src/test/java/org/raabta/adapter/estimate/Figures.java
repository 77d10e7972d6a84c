package org.raabta.adapter.estimate;

import java.util.List;
import java.util.function.Predicate;
import org.raabta.adapter.Estimate.State;

/** What is said of a run. */
final class Figures {
    private Figures() {}

    /** Of |estimate - link| / link while packets wait for the link, from {@code fromS} on; NaN if they never did. */
    static double error(List<Drive.Sample> samples, double quantile, double fromS) {
        double[] errors = samples.stream()
                .filter(s -> s.ms() >= fromS * 1000 && s.linkKbps() > 0 && s.queueMs() > 40)
                .mapToDouble(s -> Math.abs(s.kbps() - s.linkKbps()) / s.linkKbps())
                .sorted()
                .toArray();
        return errors.length == 0 ? Double.NaN : errors[(int) (errors.length * quantile)];
    }

    /** Share of the link that was sent. */
    static double used(List<Drive.Sample> samples, double fromS) {
        double sent = 0;
        double link = 0;
        for (Drive.Sample s : samples) {
            if (s.ms() >= fromS * 1000) {
                sent += s.sentKbps();
                link += s.linkKbps();
            }
        }
        return sent / link;
    }

    /** Share of the time with more than {@code ms} of queue. */
    static double queued(List<Drive.Sample> samples, double ms, double fromS) {
        long all = samples.stream().filter(s -> s.ms() >= fromS * 1000).count();
        long over = samples.stream()
                .filter(s -> s.ms() >= fromS * 1000 && s.queueMs() > ms)
                .count();
        return (double) over / all;
    }

    /** Seconds from {@code fromS} until it holds for the first time; NaN if never. */
    static double reached(List<Drive.Sample> samples, double fromS, Predicate<Drive.Sample> what) {
        return samples.stream()
                .filter(s -> s.ms() >= fromS * 1000)
                .filter(what)
                .findFirst()
                .map(s -> s.ms() / 1000 - fromS)
                .orElse(Double.NaN);
    }

    /** How often over-use began. */
    static int alarms(List<Drive.Sample> samples) {
        int alarms = 0;
        boolean before = false;
        for (Drive.Sample s : samples) {
            boolean now = s.state() == State.OVERUSED || s.state() == State.SEVERE;
            alarms += now && !before ? 1 : 0;
            before = now;
        }
        return alarms;
    }
}
