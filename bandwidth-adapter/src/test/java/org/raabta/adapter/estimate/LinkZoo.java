package org.raabta.adapter.estimate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The links of design/links-and-ladder.md, section 2. */
final class LinkZoo {
    private LinkZoo() {}

    static final Way GPRS_URBAN = Way.of(35, 650, 4000).stalls(300, 12).losing(0.005, 100);
    static final Way EDGE_AVG = Way.of(240, 420, 2000).jitter(60);
    static final Way HSPA_AVG = Way.of(780, 100, 2000).jitter(25);
    static final Way HSPA_UP = HSPA_AVG.kbps(330).stalls(500, 20);

    static Map<String, Way> steady() {
        Map<String, Way> all = new LinkedHashMap<>();
        Way rural = Way.of(20, 650, 4000).stalls(300, 6).losing(0.02, 150).gaps(1000, 60);
        all.put("gprs-rural down", rural);
        all.put("gprs-rural up", rural.kbps(18));
        all.put("gprs-urban down", GPRS_URBAN);
        all.put("gprs-urban up", GPRS_URBAN.kbps(32));
        all.put("gprs-thin down", Way.of(30, 350, 3200).jitter(60));
        all.put("gprs-thin up", Way.of(12, 350, 4000).jitter(60));
        Way lossy = Way.of(30, 500, 3000).jitter(100).losing(0.02, 200).gaps(3000, 120);
        all.put("gprs-lossy down", lossy);
        all.put("gprs-lossy up", lossy.kbps(20));
        Way good = Way.of(50, 500, 3000).jitter(60).losing(0.01, 100);
        all.put("gprs-good down", good);
        all.put("gprs-good up", good.kbps(30));
        Way congested = Way.of(60, 450, 5000).stalls(500, 5).losing(0.01, 150).walking();
        all.put("edge-congested down", congested);
        all.put("edge-congested up", congested.kbps(40));
        all.put("edge-avg down", EDGE_AVG);
        all.put("edge-avg up", EDGE_AVG.kbps(200));
        Way edgeLossy = Way.of(150, 500, 2000).jitter(80).losing(0.01, 150).gaps(1200, 60);
        all.put("edge-lossy down", edgeLossy);
        all.put("edge-lossy up", edgeLossy.kbps(100));
        Way umts = Way.of(384, 100, 3000).jitter(30).losing(0.005, 50);
        all.put("umts-r99 down", umts);
        all.put("umts-r99 up", umts.kbps(64));
        all.put("hspa-avg down", HSPA_AVG);
        all.put("hspa-avg up", HSPA_UP);
        Way hspaLossy = Way.of(900, 190, 3000).jitter(40).losing(0.01, 50);
        all.put("hspa-lossy down", hspaLossy);
        all.put("hspa-lossy up", hspaLossy.kbps(200));
        all.put("clean-fast down", Way.of(4000, 30, 500));
        all.put("clean-fast up", Way.of(2000, 30, 500));
        Way loss20 = Way.of(2000, 50, 500).jitter(8).losing(0.2, 0);
        all.put("loss-20 down", loss20);
        all.put("loss-20 up", loss20.kbps(800));
        return all;
    }

    static Map<String, List<FifoLink.Phase>> changing() {
        Map<String, List<FifoLink.Phase>> all = new LinkedHashMap<>();
        Way lte = Way.of(500, 75, 6000).jitter(30).losing(0.005, 100);
        all.put("lte-congested down", phases(0, lte, 20, lte.kbps(60), 30, lte, 60, lte.kbps(60), 70, lte));
        Way lteUp = lte.kbps(128);
        all.put("lte-congested up", phases(0, lteUp, 20, lteUp.kbps(30), 30, lteUp, 60, lteUp.kbps(30), 70, lteUp));
        all.put("cliff down", phases(0, HSPA_AVG, 30, GPRS_URBAN, 60, EDGE_AVG, 90, HSPA_AVG));
        all.put("cliff up", phases(0, HSPA_UP, 30, GPRS_URBAN.kbps(32), 60, EDGE_AVG.kbps(200), 90, HSPA_UP));
        all.put("outage-15 down", phases(0, EDGE_AVG, 30, EDGE_AVG.kbps(0), 45, EDGE_AVG));
        all.put("outage-15 up", phases(0, EDGE_AVG.kbps(200), 30, EDGE_AVG.kbps(0), 45, EDGE_AVG.kbps(200)));
        return all;
    }

    private static List<FifoLink.Phase> phases(Object... fromAndWay) {
        FifoLink.Phase[] phases = new FifoLink.Phase[fromAndWay.length / 2];
        for (int i = 0; i < phases.length; i++) {
            phases[i] = new FifoLink.Phase((Integer) fromAndWay[2 * i], (Way) fromAndWay[2 * i + 1]);
        }
        return List.of(phases);
    }
}
