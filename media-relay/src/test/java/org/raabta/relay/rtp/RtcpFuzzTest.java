package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;

class RtcpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyDatagramIsReadOrRefused(byte[] datagram) {
        readAndWriteAgain(datagram);
    }

    /** What is understood can be written, and means the same when it is read again. */
    static void readAndWriteAgain(byte[] datagram) {
        ByteBuf buf = Unpooled.wrappedBuffer(new byte[5], datagram, new byte[5]).slice(5, datagram.length);
        RtcpCompound compound = RtcpCompound.tryParse(buf);
        assertThat(buf.readableBytes()).isEqualTo(datagram.length);
        if (compound == null) {
            return;
        }
        for (RtcpMessage message : compound.messages()) {
            if (message instanceof SourceDescription) {
                continue; // text that is not UTF-8 does not survive
            }
            ByteBuf out = Unpooled.buffer(message.length(), message.length());
            message.writeTo(out);
            assertThat(out.readableBytes()).isEqualTo(message.length());
            RtcpCompound again = Objects.requireNonNull(RtcpCompound.tryParse(out));
            assertThat(again.malformed()).isZero();
            RtcpMessage second = again.messages().get(0);
            if (message instanceof TransportFeedback feedback) {
                TransportFeedbackTest.assertSame(feedback, (TransportFeedback) second);
            } else if (message instanceof ReceiverEstimate estimate) {
                assertThat(((ReceiverEstimate) second).ssrcs()).isEqualTo(estimate.ssrcs());
            } else if (message instanceof Nack nack) {
                assertThat(((Nack) second).sequences()).containsAll(nack.sequences());
            } else {
                assertThat(second).isEqualTo(message);
            }
        }
    }
}
