package org.raabta.relay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.jna.Memory;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.raabta.adapter.AudioPlan;
import org.slf4j.LoggerFactory;

class OpusLibraryTest {
    private static final AudioPlan PLAN = new AudioPlan(8000, 60, false, true);

    @Test
    void thisPlatformHasIt() throws OpusUnavailable {
        assertThat(OpusLibrary.load().version()).isEqualTo("libopus 1.5.2");
        assertThat(OpusLibrary.load()).isSameAs(OpusLibrary.load());
    }

    @Test
    void aPlatformWithoutItIsToldApart() {
        assertThatThrownBy(() -> NativeLoader.load("plan9-vax"))
                .isInstanceOfSatisfying(
                        OpusUnavailable.class,
                        why -> assertThat(why.reason()).isEqualTo(OpusUnavailable.Reason.NO_LIBRARY_FOR_PLATFORM))
                .hasMessage("NO_LIBRARY_FOR_PLATFORM: plan9-vax");
    }

    @Test
    void aLibraryThatCannotBeLoadedIsToldApart() {
        assertThatThrownBy(() -> NativeLoader.load("here", new ByteArrayInputStream(new byte[100])))
                .isInstanceOfSatisfying(
                        OpusUnavailable.class,
                        why -> assertThat(why.reason()).isEqualTo(OpusUnavailable.Reason.CANNOT_LOAD));
    }

    @Test
    void whatIsClosedIsNotUsedAgain() throws OpusUnavailable {
        Transcoder transcoder = OpusLibrary.load().transcoder(PLAN);
        transcoder.close();
        transcoder.close();
        assertThatThrownBy(() -> transcoder.setPlan(PLAN)).isInstanceOf(IllegalStateException.class);
        OpusDecoder decoder = OpusLibrary.load().decoder();
        decoder.close();
        assertThatThrownBy(() -> decoder.take(Unpooled.wrappedBuffer(new byte[1]), 0, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decoder.conceal(960)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsCollectedUnclosedIsCountedAndFreed() {
        AtomicLong bytes = new AtomicLong(1024);
        AtomicLong leaked = new AtomicLong();
        Logger log = (Logger) LoggerFactory.getLogger(NativeBlock.class);
        log.setLevel(Level.OFF);
        try {
            new NativeBlock.Release(new Memory(1000), new AtomicBoolean(), bytes, leaked).run();
        } finally {
            log.setLevel(null);
        }
        assertThat(leaked).hasValue(1);
        assertThat(bytes).hasValue(24);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aThousandLegsLeaveNoNativeMemoryBehind() throws OpusUnavailable, IOException {
        OpusLibrary library = OpusLibrary.load();
        long before = library.nativeBytes();
        long leakedBefore = library.leaked();
        Transcoder one = library.transcoder(PLAN);
        long each = library.nativeBytes() - before;
        one.close();
        assertThat(each).isBetween(20_000L, 200_000L);
        cycles(library, 200);
        long residentBefore = residentBytes();
        cycles(library, 1000);
        long grown = residentBytes() - residentBefore;

        assertThat(library.nativeBytes()).isEqualTo(before);
        assertThat(library.leaked()).isEqualTo(leakedBefore);
        assertThat((double) grown / (1000 * each))
                .as("resident growth, of what a thousand unclosed ones would hold")
                .isLessThan(0.3);
    }

    private static void cycles(OpusLibrary library, int times) {
        for (int i = 0; i < times; i++) {
            library.transcoder(PLAN).close();
        }
        System.gc();
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]) * 4096;
    }

    @Test
    void packetsAllocateNothingOfTheirOwn() throws OpusUnavailable {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        try (OpusEncoder encoder = OpusLibrary.load().encoder();
                OpusDecoder decoder = OpusLibrary.load().decoder()) {
            encoder.setBitrate(8000);
            short[] tone = Sounds.tone(440, 8000, 20);
            byte[] packet = new byte[OpusEncoder.MAX_PACKET_BYTES];
            io.netty.buffer.ByteBuf view = Unpooled.wrappedBuffer(packet);
            long allocated = 0;
            for (int i = 0; i < 2100; i++) {
                if (i == 100) {
                    allocated = threads.getCurrentThreadAllocatedBytes();
                }
                int bytes = encoder.encode(tone, 0, tone.length);
                encoder.read(packet, bytes);
                decoder.take(view, 0, bytes);
                decoder.read(tone, 0, decoder.decode(bytes));
            }
            long perPacket = (threads.getCurrentThreadAllocatedBytes() - allocated) / 2000;
            assertThat(perPacket).as("bytes of heap per packet").isLessThan(16);
        }
    }
}
