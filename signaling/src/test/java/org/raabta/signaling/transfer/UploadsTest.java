package org.raabta.signaling.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.http.Json;

class UploadsTest {
    private static final LegId PATIENT = new LegId("p-AAAAAAAA");
    private static final String PHOTO = "PPPPPPPPPPPPPPPP";
    private static final TransferRoom THIN =
            new TransferRoom(new TransferRoom.Way(8, TransferRoom.Pause.NONE), Flow.NO_CALL.up(), 1300);

    private final RecordingPort port = new RecordingPort();
    private final Uploads uploads = new Uploads(port, TimeUnit.HOURS.toNanos(1));

    @BeforeEach
    void open() {
        uploads.open(PATIENT, THIN, at(0));
        port.said.clear();
    }

    private static long at(double seconds) {
        return Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5) + (long) (seconds * 1e9);
    }

    private static Offer offer(String id, ItemKind kind, int bytes) {
        return new Offer(id, kind, bytes, "image/jpeg", kind == ItemKind.STILL ? "" : "s".repeat(43), 0, Json.object());
    }

    private void chunk(int number, int offset, int bytes, double seconds) {
        uploads.chunk(PATIENT, new ChunkFrame(number, false, offset, new byte[bytes]), at(seconds));
    }

    @Test
    void aPageIsToldItsPaceAtOnceAndWhenItChanges() {
        uploads.open(PATIENT, THIN, at(0));
        assertThat(port.said).containsExactly("{\"t\":\"pace\",\"up\":8.0,\"win\":2300,\"chunk\":175}");
        port.said.clear();
        uploads.room(
                PATIENT,
                new TransferRoom(new TransferRoom.Way(8.5, TransferRoom.Pause.NONE), Flow.NO_CALL.up(), 1300),
                at(1));
        assertThat(port.said).as("no news").isEmpty();
        uploads.room(
                PATIENT,
                new TransferRoom(new TransferRoom.Way(0, TransferRoom.Pause.QUEUE), Flow.NO_CALL.up(), 1300),
                at(1.1));
        assertThat(port.said).containsExactly("{\"t\":\"pace\",\"up\":0,\"why\":\"queue\"}");
        uploads.room(
                PATIENT,
                new TransferRoom(new TransferRoom.Way(12, TransferRoom.Pause.NONE), Flow.NO_CALL.up(), 1300),
                at(1.2));
        assertThat(port.said).hasSize(2).last().asString().contains("\"up\":12.0");
    }

    @Test
    void aPhotoComesChunkByChunkAndIsWholeWhenAllOfItIsKept() {
        uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 500), 0, at(0));
        assertThat(port.said).containsExactly("{\"t\":\"go\",\"id\":\"" + PHOTO + "\",\"n\":1,\"off\":0}");
        chunk(1, 0, 175, 0.1);
        chunk(1, 175, 175, 0.3);
        chunk(1, 350, 150, 0.5);
        assertThat(port.kept).containsExactly("P 0+175", "P 175+175", "P 350+150");
        assertThat(port.whole).as("on its way to the disk is not kept").isEmpty();
        uploads.kept(PHOTO, 350, at(0.6));
        assertThat(port.frames).extracting(ChunkFrame::offset).containsExactly(350);
        uploads.kept(PHOTO, 500, at(0.7));
        assertThat(port.whole).containsExactly(PHOTO);
        uploads.done(PHOTO);
        assertThat(port.said).last().isEqualTo("{\"t\":\"done\",\"id\":\"" + PHOTO + "\",\"n\":1}");
        assertThat(uploads.find(PHOTO)).isEmpty();
    }

    @Test
    void acknowledgementsComeByHalfTheWindowOrWithinTheirTime() {
        uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 5000), 0, at(0));
        chunk(1, 0, 175, 0.1);
        uploads.kept(PHOTO, 175, at(0.1));
        assertThat(port.frames).isEmpty();
        uploads.tick(at(0.4));
        assertThat(port.frames).extracting(ChunkFrame::offset).containsExactly(175);
        chunk(1, 175, 1200, 0.45);
        uploads.kept(PHOTO, 1375, at(0.46));
        assertThat(port.frames).extracting(ChunkFrame::offset).containsExactly(175, 1375);
        assertThat(port.frames).allMatch(ChunkFrame::acknowledges);
    }

    @Test
    void aChunkAtAnotherOffsetIsAnsweredWithTheRightOne() {
        uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 500), 0, at(0));
        chunk(1, 0, 100, 0.1);
        port.said.clear();
        chunk(1, 50, 100, 0.2);
        chunk(1, 200, 100, 0.3);
        chunk(1, 100, 401, 0.4);
        assertThat(port.said).hasSize(3).containsOnly("{\"t\":\"go\",\"id\":\"" + PHOTO + "\",\"n\":1,\"off\":100}");
        assertThat(port.kept).containsExactly("P 0+100");
        chunk(2, 0, 100, 0.5);
        assertThat(port.said).as("a number nobody gave").hasSize(3);
    }

    @Test
    void itGoesOnWithAnotherSocketWhereItStopped() {
        uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 500), 0, at(0));
        chunk(1, 0, 100, 0.1);
        uploads.kept(PHOTO, 100, at(0.2));
        uploads.close(PATIENT);
        chunk(1, 100, 100, 1);
        assertThat(port.kept).as("a socket that is gone").containsExactly("P 0+100");
        uploads.open(PATIENT, THIN, at(30));
        port.said.clear();
        uploads.put(PATIENT, "patient", 9, offer(PHOTO, ItemKind.PHOTO, 500), 0, at(30));
        assertThat(port.said).containsExactly("{\"t\":\"go\",\"id\":\"" + PHOTO + "\",\"n\":9,\"off\":100}");
        chunk(9, 100, 400, 31);
        uploads.kept(PHOTO, 500, at(31));
        assertThat(port.whole).containsExactly(PHOTO);
    }

    @Test
    void inANewLifeOfTheServerItGoesOnFromWhatTheDiskHas() {
        Upload upload = uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 500), 300, at(0));
        assertThat(upload.received()).isEqualTo(300);
        chunk(1, 300, 200, 0.2);
        uploads.rewind(PHOTO, 250);
        assertThat(port.said).last().isEqualTo("{\"t\":\"go\",\"id\":\"" + PHOTO + "\",\"n\":1,\"off\":250}");
        chunk(1, 250, 250, 0.5);
        assertThat(port.kept).containsExactly("P 300+200", "P 250+250");
        // All of it was there, and the kill came before it was checked.
        uploads.put(PATIENT, "patient", 2, offer("QQQQQQQQQQQQQQQQ", ItemKind.PHOTO, 400), 400, at(1));
        assertThat(port.whole).containsExactly("QQQQQQQQQQQQQQQQ");
    }

    @Test
    void aNewerStillReplacesAnUnfinishedOne() {
        String first = "SSSSSSSSSSSSSSSS";
        String second = "TTTTTTTTTTTTTTTT";
        uploads.put(PATIENT, "patient", 1, offer(first, ItemKind.STILL, 300), 0, at(0));
        chunk(1, 0, 175, 0.2);
        uploads.put(PATIENT, "patient", 2, offer(second, ItemKind.STILL, 200), 0, at(0.5));
        assertThat(port.discarded).containsExactly("S replaced");
        chunk(1, 175, 125, 0.6);
        chunk(2, 0, 200, 0.8);
        assertThat(port.whole).containsExactly(second);
        assertThat(port.kept).as("stills are never stored").isEmpty();
        assertThat(uploads.find(second).orElseThrow().bytes()).hasSize(200);
        uploads.close(PATIENT);
        assertThat(uploads.find(second)).as("a still of a lost socket").isEmpty();
    }

    @Test
    void whatDoesNotGrowIsGivenUp() {
        uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 500), 0, at(0));
        chunk(1, 0, 1, 0.1);
        for (int minute = 1; minute < 60; minute++) {
            uploads.tick(at(60 * minute));
        }
        assertThat(port.discarded).isEmpty();
        chunk(1, 1, 1, 3599);
        uploads.tick(at(3601));
        assertThat(port.discarded).as("it grew").isEmpty();
        uploads.tick(at(3599 + 3600));
        assertThat(port.discarded).containsExactly("P too-slow");
        assertThat(port.said).last().asString().contains("\"type\":\"too-slow\"", "\"again\":1");
    }

    @Test
    void eightAtOnceAreEnough() {
        for (int number = 1; number <= Uploads.MOST; number++) {
            assertThat(uploads.full(PATIENT)).isFalse();
            uploads.put(PATIENT, "patient", number, offer("PPPPPPPPPPPPPPP" + number, ItemKind.PHOTO, 10), 0, at(0));
        }
        assertThat(uploads.full(PATIENT)).isTrue();
    }

    @Test
    void othersHearOfProgressEveryThreeSeconds() {
        uploads.put(PATIENT, "patient", 1, offer(PHOTO, ItemKind.PHOTO, 5000), 0, at(0));
        for (int i = 0; i < 10; i++) {
            chunk(1, 250 * i, 250, i * 0.5);
            uploads.kept(PHOTO, 250 * (i + 1), at(i * 0.5));
            uploads.tick(at(i * 0.5));
        }
        // 250 bytes each half second are 4 kbit/s, and the first comes at once.
        assertThat(port.progress).hasSize(1);
        assertThat(port.progress.get(0)).startsWith("P 1750 ");
        uploads.tick(at(60));
        assertThat(port.progress).last().isEqualTo("P 2500 0");
    }
}
