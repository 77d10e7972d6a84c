package org.raabta.signaling.consult;

import java.util.List;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallSnapshot;

/**
 * A consultation as the engineer sees it: no names.
 *
 * @param profile    the bandwidth profile it runs with
 * @param directions none before the call
 * @param snapshot   what the relay last measured, at most a little over two seconds ago
 */
public record OpsView(
        long consult,
        Profile profile,
        ConsultView view,
        List<Notice.DirectionFigures> directions,
        CallSnapshot snapshot) {}
