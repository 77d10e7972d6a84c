package org.raabta.signaling.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.http.Json;

class DownloadsTest {
    private static final LegId DOCTOR = new LegId("d-BBBBBBBB");
    private static final TransferRoom THIN =
            new TransferRoom(Flow.NO_CALL.up(), new TransferRoom.Way(16, TransferRoom.Pause.NONE), 1000);

    private final RecordingPort port = new RecordingPort();
    private final Downloads downloads = new Downloads(port);

    private static long at(double seconds) {
        return (long) (seconds * 1e9) - 7_000_000_000L;
    }

    private void give(String id, ItemKind kind, byte[] bytes, int offset, double seconds) {
        assertThat(downloads.give(
                        DOCTOR, id, kind, bytes, offset, Json.object().put("type", "image/jpeg"), at(seconds)))
                .isTrue();
    }

    @Test
    void oneChunkAtATimeAtThePaceOfTheLink() {
        downloads.open(DOCTOR, THIN, at(0));
        give("P", ItemKind.PHOTO, new byte[2000], 0, 0);
        assertThat(port.said)
                .containsExactly("{\"t\":\"give\",\"n\":1,\"id\":\"P\",\"kind\":\"photo\",\"bytes\":2000,"
                        + "\"type\":\"image/jpeg\",\"off\":0,\"win\":4000}");
        assertThat(port.frames).hasSize(1);
        assertThat(downloads.nextDeadlineNanos(at(0))).as("the socket has it").isEmpty();
        downloads.written(DOCTOR, at(0.05));
        assertThat(port.frames).as("too early").hasSize(1);
        // 425 bytes and 75 of headers are 250 ms at 16 kbit/s.
        assertThat(port.frames.get(0).bytes()).hasSize(425);
        assertThat(downloads.nextDeadlineNanos(at(0.05))).hasValue(at(0.25));
        downloads.tick(at(0.25));
        assertThat(port.frames).hasSize(2);
        assertThat(port.frames.get(1).offset()).isEqualTo(425);
    }

    @Test
    void nothingMovesInAPause() {
        downloads.open(DOCTOR, THIN, at(0));
        downloads.room(
                DOCTOR,
                new TransferRoom(Flow.NO_CALL.up(), new TransferRoom.Way(0, TransferRoom.Pause.QUEUE), 1000),
                at(0));
        give("P", ItemKind.PHOTO, new byte[2000], 0, 0);
        downloads.tick(at(10));
        assertThat(port.frames).isEmpty();
        assertThat(downloads.nextDeadlineNanos(at(10)))
                .as("nobody is woken for nothing")
                .isEmpty();
        downloads.room(DOCTOR, THIN, at(11));
        assertThat(port.frames).hasSize(1);
    }

    @Test
    void theUrgentGoesFirstAndWhatHasBegunBeforeItsLike() {
        downloads.open(DOCTOR, THIN, at(0));
        give("P", ItemKind.PHOTO, new byte[2000], 0, 0);
        give("Q", ItemKind.PHOTO, new byte[200], 0, 0);
        give("N", ItemKind.NOTE, new byte[300], 0, 0);
        give("T", ItemKind.THUMB, new byte[300], 0, 0);
        double now = 0;
        for (int i = 0; i < 4; i++) {
            downloads.written(DOCTOR, at(now));
            now += 0.3;
            downloads.tick(at(now));
        }
        assertThat(port.frames).extracting(ChunkFrame::number).containsExactly(1, 2, 3, 1, 1);
        assertThat(port.said.get(1)).contains("\"id\":\"T\"");
        assertThat(port.said.get(2)).contains("\"id\":\"N\"");
    }

    @Test
    void theWindowHoldsWhatIsNotAcknowledged() {
        downloads.open(DOCTOR, THIN, at(0));
        give("P", ItemKind.PHOTO, new byte[20_000], 0, 0);
        double now = 0;
        for (int i = 0; i < 40; i++) {
            downloads.written(DOCTOR, at(now));
            now += 0.3;
            downloads.tick(at(now));
        }
        assertThat(port.frames.stream().mapToInt(frame -> frame.bytes().length).sum())
                .isEqualTo(4000);
        assertThat(downloads.nextDeadlineNanos(at(now)))
                .as("acknowledgements wake it")
                .isEqualTo(OptionalLong.empty());
        downloads.acknowledged(DOCTOR, 1, 2000, at(now));
        assertThat(port.frames).last().extracting(ChunkFrame::offset).isEqualTo(4000);
        downloads.acknowledged(DOCTOR, 1, 9999, at(now));
        downloads.acknowledged(DOCTOR, 1, 100, at(now));
        assertThat(port.frames.stream().mapToInt(frame -> frame.bytes().length).sum())
                .as("what was never sent cannot have come")
                .isLessThan(6001);
    }

    @Test
    void everyByteArrivesOnceAndFromTheOffsetThatWasAskedFor() {
        byte[] bytes = new byte[5000];
        new Random(7).nextBytes(bytes);
        downloads.open(DOCTOR, Flow.NO_CALL, at(0));
        give("P", ItemKind.PHOTO, bytes, 1234, 0);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        double now = 0;
        int seen = 0;
        while (seen < port.frames.size()) {
            ChunkFrame frame = port.frames.get(seen++);
            assertThat(frame.offset()).isEqualTo(1234 + got.size());
            got.writeBytes(frame.bytes());
            now += 0.02;
            downloads.written(DOCTOR, at(now));
            downloads.acknowledged(DOCTOR, 1, 1234 + got.size(), at(now));
        }
        assertThat(got.toByteArray()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 1234, 5000));
        assertThat(downloads.urgent(DOCTOR)).isEmpty();
    }

    @Test
    void aNewerStillReplacesOneThatHasNotBegun() {
        downloads.open(DOCTOR, THIN, at(0));
        for (int i = 0; i < 3; i++) {
            downloads.still(DOCTOR, "S" + i, new byte[500], Json.object().put("from", "patient"), at(0.1 * i), at(0.5));
        }
        downloads.written(DOCTOR, at(1));
        downloads.written(DOCTOR, at(1.6));
        assertThat(port.said).hasSize(2);
        assertThat(port.said.get(0)).contains("\"id\":\"S0\"", "\"age\":500");
        assertThat(port.said.get(1)).as("S1 was never shown").contains("\"id\":\"S2\"", "\"age\":1400");
    }
}
