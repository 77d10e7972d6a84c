package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.http.Json;

/** Writes down what the engine wants done. */
final class RecordingPort implements TransferPort {
    final List<String> said = new ArrayList<>();
    final List<ChunkFrame> frames = new ArrayList<>();
    final List<String> kept = new ArrayList<>();
    final List<String> whole = new ArrayList<>();
    final List<String> discarded = new ArrayList<>();
    final List<String> progress = new ArrayList<>();

    @Override
    public void say(LegId leg, ObjectNode message) {
        said.add(Json.text(message));
    }

    @Override
    public void frame(LegId leg, ChunkFrame frame) {
        frames.add(frame);
    }

    @Override
    public void keep(Upload upload, int offset, byte[] bytes) {
        kept.add(upload.id().charAt(0) + " " + offset + "+" + bytes.length);
    }

    @Override
    public void whole(Upload upload) {
        whole.add(upload.id());
    }

    @Override
    public void discard(Upload upload, Refusal why) {
        discarded.add(upload.id().charAt(0) + " " + why.label());
    }

    @Override
    public void progress(Upload upload, double kbps) {
        progress.add(upload.id().charAt(0) + " " + upload.kept() + " " + Math.round(kbps * 10));
    }
}
