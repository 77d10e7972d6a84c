package org.raabta.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation time = new Simulation();
    private final List<String> happened = new ArrayList<>();

    private void note(String what) {
        happened.add(what + "@" + time.nowNanos());
    }

    @Test
    void thingsHappenInTheOrderOfTimeAndTiesInTheOrderOfScheduling() {
        time.at(20, () -> note("c"));
        time.at(10, () -> note("a"));
        time.at(20, () -> note("d"));
        time.at(10, () -> {
            note("b");
            time.after(10, () -> note("e"));
            time.after(0, () -> note("b2"));
        });
        time.runUntil(20);
        assertThat(happened).containsExactly("a@10", "b@10", "b2@10", "c@20", "d@20", "e@20");
    }

    @Test
    void whatComesLaterWaitsForTheNextRun() {
        time.at(31, () -> note("late"));
        time.runUntil(30);
        assertThat(happened).isEmpty();
        assertThat(time.nowNanos()).isEqualTo(30);
        time.runUntil(31);
        assertThat(happened).containsExactly("late@31");
    }

    @Test
    void thePastIsRefused() {
        time.runUntil(100);
        assertThatThrownBy(() -> time.at(99, () -> note("never"))).isInstanceOf(IllegalArgumentException.class);
    }
}
