package org.raabta.signaling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;

class LadderMetersTest {
    @Test
    void gaugesCountersAndTheHistogram() {
        Meters meters = new Meters();
        LadderMeters ladder = meters.ladder();
        ladder.add(new LadderMeters.LinkKey(LadderMeters.Way.UP, Estimate.State.SEVERE), 2);
        ladder.add(new LadderMeters.LinkKey(LadderMeters.Way.UP, Estimate.State.SEVERE), -1);
        ladder.add(new LadderMeters.RungKey("patient>doctor", Rung.THIN_VOICE), 3);
        ladder.changed(Reason.UPLINK_THIN);
        ladder.estimated(LadderMeters.Way.DOWN, 12);
        ladder.estimated(LadderMeters.Way.DOWN, 12.1);
        ladder.estimated(LadderMeters.Way.DOWN, 1e9);
        String text = meters.text(Map.of());
        assertThat(text.lines())
                .contains(
                        "# TYPE raabta_links gauge",
                        "raabta_links{way=\"up\",state=\"severe\"} 1",
                        "raabta_links{way=\"down\",state=\"clean\"} 0",
                        "raabta_directions{kind=\"patient>doctor\",rung=\"thin-voice\"} 3",
                        "raabta_rung_changes_total{reason=\"uplink-thin\"} 1",
                        "# TYPE raabta_estimate_kbps histogram",
                        "raabta_estimate_kbps_bucket{way=\"down\",le=\"9\"} 0",
                        "raabta_estimate_kbps_bucket{way=\"down\",le=\"12\"} 1",
                        "raabta_estimate_kbps_bucket{way=\"down\",le=\"16\"} 2",
                        "raabta_estimate_kbps_bucket{way=\"down\",le=\"4096\"} 2",
                        "raabta_estimate_kbps_bucket{way=\"down\",le=\"+Inf\"} 3",
                        "raabta_estimate_kbps_count{way=\"down\"} 3");
    }
}
