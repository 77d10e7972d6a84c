package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.raabta.relay.rtp.Vp8Descriptor;

/** Picture ids and TL0PICIDX that go on over sources and gaps (RFC 7741, section 4.2). */
final class Vp8Continuity {
    private int lastPictureId;
    private int lastTl0;

    /** @param firstPictureId 15 bits */
    Vp8Continuity(int firstPictureId) {
        this.lastPictureId = firstPictureId - 1;
    }

    /** {@code descriptor} is the first of {@code segment}, at a key frame: it follows what was sent last. */
    void begin(Segment segment, Vp8Descriptor descriptor) {
        segment.pictureIdDelta = lastPictureId + 1 - descriptor.pictureId();
        segment.tl0Delta = lastTl0 + 1 - descriptor.tl0PicIdx();
    }

    /** Writes the receiver's ids into a copy of the payload that starts at {@code copyIndex}. */
    void rewrite(Segment segment, Vp8Descriptor descriptor, boolean newest, ByteBuf copy, int copyIndex) {
        if (descriptor.pictureId() >= 0) {
            int pictureId = descriptor.pictureId() + segment.pictureIdDelta & 0x7FFF;
            descriptor.writePictureId(copy, copyIndex, pictureId);
            lastPictureId = newest ? pictureId : lastPictureId;
        }
        if (descriptor.tl0PicIdx() >= 0) {
            int tl0 = descriptor.tl0PicIdx() + segment.tl0Delta & 0xFF;
            descriptor.writeTl0PicIdx(copy, copyIndex, tl0);
            lastTl0 = newest ? tl0 : lastTl0;
        }
    }
}
