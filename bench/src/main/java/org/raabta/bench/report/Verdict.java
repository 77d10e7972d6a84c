package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run means, in plain words. The borders are ours, set by what people put up with on bad lines. */
public record Verdict(Grade grade, String headline, List<String> sentences) {
    /** How good a call was, by the worse of its directions. */
    public enum Grade {
        GOOD("This call works."),
        FAIR("This call works, with interruptions."),
        POOR("This call is hard to follow."),
        BAD("This call does not work."),
        UNKNOWN("Nothing was heard that could be judged.");

        private final String headline;

        Grade(String headline) {
            this.headline = headline;
        }
    }

    public static Verdict of(RunResult run) {
        Grade worst = null;
        List<String> sentences = new ArrayList<>();
        for (String name : List.of(RunResult.UP, RunResult.DOWN)) {
            DirectionResult direction = run.directions().get(name);
            Grade grade = direction == null ? Grade.UNKNOWN : gradeOf(direction);
            if (grade != Grade.UNKNOWN && (worst == null || grade.compareTo(worst) > 0)) {
                worst = grade;
            }
            if (direction != null) {
                sentences.add(sentence(name.equals(RunResult.UP), direction));
            }
        }
        Grade grade = worst == null ? Grade.UNKNOWN : worst;
        return new Verdict(grade, grade.headline, List.copyOf(sentences));
    }

    static Grade gradeOf(DirectionResult direction) {
        if (direction.brokenSeconds() == null || direction.seconds() == null || direction.seconds() == 0) {
            return Grade.UNKNOWN;
        }
        double share = (double) direction.brokenSeconds() / direction.seconds();
        if (share > 0.3) {
            return Grade.BAD;
        } else if (share > 0.1) {
            return Grade.POOR;
        }
        // Speech that comes this late is another kind of call, however whole it is.
        boolean late =
                direction.mouthToEarMs() != null && direction.mouthToEarMs().p50() > 1200;
        return share > 0.02 || late ? Grade.FAIR : Grade.GOOD;
    }

    private static String sentence(boolean up, DirectionResult direction) {
        String who = up ? "What the patient said: " : "What the doctor said: ";
        if (direction.brokenSeconds() == null || direction.seconds() == null) {
            return who + "not measured.";
        }
        StringBuilder out = new StringBuilder(who);
        out.append(direction.brokenSeconds() == 0 ? "no" : direction.brokenSeconds())
                .append(" broken second")
                .append(direction.brokenSeconds() == 1 ? "" : "s")
                .append(" of ")
                .append(direction.seconds());
        if (direction.longestGapMs() != null && direction.longestGapMs() >= 200) {
            out.append(", longest gap ").append(seconds(direction.longestGapMs()));
        }
        if (direction.mouthToEarMs() != null) {
            double p50 = direction.mouthToEarMs().p50();
            out.append("; heard ")
                    .append(seconds(p50))
                    .append(" late (")
                    .append(delayWord(p50))
                    .append(")");
        }
        if (direction.estoi() != null) {
            out.append("; ").append(clarityWord(direction.estoi()));
        }
        return out.append(".").toString();
    }

    /** The delay classes of links-and-ladder, section 9. */
    static String delayWord(double ms) {
        if (ms <= 400) {
            return "good";
        } else if (ms <= 800) {
            return "slow";
        }
        return ms <= 1200 ? "very slow" : "only for push-to-talk";
    }

    static String clarityWord(double estoi) {
        if (estoi >= 0.85) {
            return "clear speech";
        } else if (estoi >= 0.65) {
            return "understandable speech";
        }
        return estoi >= 0.45 ? "hard to understand" : "hardly a word understood";
    }

    private static String seconds(double ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000);
    }
}
