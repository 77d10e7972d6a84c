package org.raabta.signaling.transfer;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.http.Json;

/** Whatever frames come in whatever order: an item never has more than it is long, and no more is acknowledged than kept. */
class UploadsFuzzTest {
    private static final LegId PATIENT = new LegId("p-AAAAAAAA");
    private static final List<String> IDS = List.of("AAAAaaaa0000-_zz", "BBBBaaaa0000-_zz", "CCCCaaaa0000-_zz");
    private static final int BYTES = 900;

    @FuzzTest
    void framesInAnyOrder(FuzzedDataProvider data) {
        RecordingPort port = new RecordingPort();
        Uploads uploads = new Uploads(port, TimeUnit.HOURS.toNanos(1));
        long nowNanos = 0;
        uploads.open(PATIENT, Flow.NO_CALL, nowNanos);
        while (data.remainingBytes() > 0) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(data.consumeInt(0, 500));
            String id = IDS.get(data.consumeInt(0, IDS.size() - 1));
            switch (data.consumeInt(0, 5)) {
                case 0 -> put(uploads, id, data.consumeInt(1, 127), nowNanos);
                case 1, 2 -> frame(uploads, data.consumeBytes(data.consumeInt(0, 420)), nowNanos);
                case 3 -> uploads.refuse(id, Refusal.REPLACED);
                case 4 -> {
                    int kept = data.consumeInt(0, BYTES);
                    long atNanos = nowNanos;
                    // Only what was received can be on the disk.
                    uploads.find(id).ifPresent(upload -> uploads.kept(id, Math.min(kept, upload.received()), atNanos));
                }
                default -> uploads.tick(nowNanos);
            }
            IDS.forEach(each -> uploads.find(each).ifPresent(UploadsFuzzTest::check));
        }
    }

    private static void put(Uploads uploads, String id, int number, long nowNanos) {
        Offer offer = new Offer(id, ItemKind.PHOTO, BYTES, "image/jpeg", "s".repeat(43), 0, Json.object());
        uploads.put(PATIENT, "patient", number, offer, 0, nowNanos);
    }

    private static void frame(Uploads uploads, byte[] bytes, long nowNanos) {
        try {
            ChunkFrame frame = ChunkFrame.parse(bytes);
            if (!frame.acknowledges()) {
                uploads.chunk(PATIENT, frame, nowNanos);
            }
        } catch (BadFrameException e) {
            // counted and dropped by the socket
        }
    }

    private static void check(Upload upload) {
        if (upload.received() > BYTES || upload.kept() > upload.received() || upload.acknowledged > upload.kept()) {
            throw new AssertionError(upload.received() + " received, " + upload.kept() + " kept, " + upload.acknowledged
                    + " acknowledged");
        }
    }
}
