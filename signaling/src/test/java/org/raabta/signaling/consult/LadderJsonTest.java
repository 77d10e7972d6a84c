package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.signaling.consult.LadderViews.D;
import static org.raabta.signaling.consult.LadderViews.P;
import static org.raabta.signaling.consult.LadderViews.direction;
import static org.raabta.signaling.consult.LadderViews.estimate;
import static org.raabta.signaling.consult.LadderViews.leg;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.signaling.socket.NoticeWriter;

/** The messages of the ladder as docs/protocol.md writes them, byte for byte. */
class LadderJsonTest {
    @Test
    void aCommandWithEverythingAndWithTheLeast() {
        SendCommand full =
                new SendCommand(new AudioPlan(8000, 60, true, true), new VideoPlan(119.6, 15, 240), false, 400, 3);
        assertThat(NoticeWriter.write(new Notice.Send(7, full)))
                .isEqualTo("{\"t\":\"send\",\"n\":7,\"a\":{\"br\":8000,\"pt\":60,\"red\":1,\"dtx\":1},"
                        + "\"v\":{\"kbps\":120,\"fps\":15,\"h\":240},\"tcc\":0,\"jb\":400,\"st\":3}");
        SendCommand least = new SendCommand(new AudioPlan(24_000, 20, false, false), VideoPlan.OFF, true, 0, 0);
        assertThat(NoticeWriter.write(new Notice.Send(8, least)))
                .isEqualTo("{\"t\":\"send\",\"n\":8,\"a\":{\"br\":24000,\"pt\":20}}");
    }

    /** Single pictures instead of moving ones; no speech while somebody else has the floor. */
    @Test
    void singlePicturesAndSilence() {
        AudioPlan audio = new AudioPlan(12_000, 60, false, false);
        SendCommand stills =
                new SendCommand(audio, true, VideoPlan.OFF, new StillPlan(7.96, VideoPlan.OFF), true, 0, 0);
        assertThat(NoticeWriter.write(new Notice.Send(9, stills)))
                .isEqualTo("{\"t\":\"send\",\"n\":9,\"a\":{\"br\":12000,\"pt\":60},\"s\":{\"kbps\":8.0}}");
        SendCommand silent = new SendCommand(audio, false, VideoPlan.OFF, StillPlan.OFF, false, 0, 1);
        assertThat(NoticeWriter.write(new Notice.Send(10, silent)))
                .isEqualTo("{\"t\":\"send\",\"n\":10,\"a\":{\"br\":12000,\"pt\":60},\"mic\":0,\"tcc\":0,\"st\":1}");
    }

    @Test
    void videoOfLessThanHalfAKilobitIsStillVideo() {
        SendCommand crumbs =
                new SendCommand(new AudioPlan(6000, 120, false, true), new VideoPlan(0.3, 1, 120), true, 0, 0);
        assertThat(NoticeWriter.write(new Notice.Send(1, crumbs))).contains("\"v\":{\"kbps\":1,");
    }

    @Test
    void aDoctorsFigures() {
        Estimate silent = new Estimate(0, Confidence.NONE, Estimate.State.SILENT, 0, 0, 0, 0);
        CallSnapshot snapshot = LadderViews.call(
                leg(P, Role.PATIENT, estimate(35.04, Estimate.State.DRAINING, 119.7), Estimate.UNKNOWN),
                leg(D, Role.DOCTOR, silent, Estimate.UNKNOWN),
                direction(P, D, Rung.VOICE, Reason.UPLINK_THIN));
        assertThat(NoticeWriter.write(new Notice.Link(snapshot.legs(), LadderViews.directions(snapshot))))
                .isEqualTo("{\"t\":\"link\",\"legs\":[{\"id\":\"p-AAAAAAAA\",\"rttMs\":1310,\"upKbps\":17.5,"
                        + "\"upEst\":35.0,\"queueUpMs\":120,\"upState\":\"draining\"},"
                        + "{\"id\":\"d-BBBBBBBB\",\"rttMs\":1310,\"upKbps\":17.5,\"upState\":\"silent\"}],"
                        + "\"dirs\":[{\"from\":\"patient\",\"to\":\"doctor\",\"rung\":\"voice\",\"reason\":\"uplink-thin\","
                        + "\"kbps\":18.3,\"nextKbps\":32.0}]}");
    }

    @Test
    void beforeTheCallThereAreNoDirections() {
        assertThat(NoticeWriter.write(new Notice.Link(List.of(), List.of())))
                .isEqualTo("{\"t\":\"link\",\"legs\":[],\"dirs\":[]}");
        assertThat(NoticeWriter.write(new Notice.Quality(CallQuality.FAIR)))
                .isEqualTo("{\"t\":\"quality\",\"q\":\"fair\"}");
    }
}
