package org.raabta.relay.secure;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends of a session against each other, in both profiles. */
class SrtpSessionTest {
    private static final long SEED = 815;

    private static SrtpKeys keys(SrtpProfile profile) {
        byte[] material = new byte[SrtpKeys.materialBytes(profile)];
        new Random(SEED).nextBytes(material);
        return new SrtpKeys(profile, material);
    }

    /** An RTP packet with a one-word header extension. */
    private static ByteBuf rtp(int sequence, int ssrc) {
        ByteBuf packet = Unpooled.buffer(200);
        packet.writeByte(0x90)
                .writeByte(111)
                .writeShort(sequence)
                .writeInt(960 * sequence)
                .writeInt(ssrc);
        packet.writeShort(0xBEDE).writeShort(1).writeInt(0x31FF0000);
        return packet.writeBytes(new byte[] {1, 2, 3, 4, 5, 6, 7});
    }

    private static ByteBuf rtcp(int ssrc) {
        return Unpooled.buffer(200).writeInt(0x80C90001).writeInt(ssrc);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void carriesMediaBothWays(SrtpProfile profile) {
        SrtpSession client = SrtpSession.ofClient(keys(profile));
        SrtpSession server = SrtpSession.ofServer(keys(profile));
        byte[] plain = ByteBufUtil.getBytes(rtp(7, 42));

        ByteBuf up = rtp(7, 42);
        assertThat(client.protectRtp(up)).isEqualTo(SrtpVerdict.OK);
        assertThat(up.readableBytes()).isEqualTo(plain.length + profile.tagBytes());
        assertThat(server.unprotectRtp(up)).isEqualTo(SrtpVerdict.OK);
        assertThat(ByteBufUtil.getBytes(up)).isEqualTo(plain);
        assertThat(server.newest()).isTrue();

        ByteBuf down = rtcp(9);
        assertThat(server.protectRtcp(down)).isEqualTo(SrtpVerdict.OK);
        assertThat(client.unprotectRtcp(down)).isEqualTo(SrtpVerdict.OK);
        assertThat(down).isEqualTo(rtcp(9));
        assertThat(client.newest()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void refusesReplays(SrtpProfile profile) {
        SrtpSession client = SrtpSession.ofClient(keys(profile));
        SrtpSession server = SrtpSession.ofServer(keys(profile));
        ByteBuf media = rtp(7, 42);
        ByteBuf report = rtcp(42);
        client.protectRtp(media);
        client.protectRtcp(report);
        ByteBuf again = media.copy();
        ByteBuf reportAgain = report.copy();

        assertThat(server.unprotectRtp(media)).isEqualTo(SrtpVerdict.OK);
        assertThat(server.unprotectRtp(again)).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(server.unprotectRtcp(report)).isEqualTo(SrtpVerdict.OK);
        assertThat(server.unprotectRtcp(reportAgain)).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(server.newest()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void tellsLateFromNewestAcrossTheWrap(SrtpProfile profile) {
        SrtpSession client = SrtpSession.ofClient(keys(profile));
        SrtpSession server = SrtpSession.ofServer(keys(profile));
        ByteBuf[] packets = {rtp(65534, 42), rtp(65535, 42), rtp(0, 42), rtp(1, 42)};
        for (ByteBuf packet : packets) {
            assertThat(client.protectRtp(packet)).isEqualTo(SrtpVerdict.OK);
        }
        int[] order = {0, 2, 1, 3};
        boolean[] newest = {true, true, false, true};
        for (int i = 0; i < order.length; i++) {
            assertThat(server.unprotectRtp(packets[order[i]])).isEqualTo(SrtpVerdict.OK);
            assertThat(server.newest()).as("packet %d", order[i]).isEqualTo(newest[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void aForgedFirstPacketSpoilsNothing(SrtpProfile profile) {
        SrtpSession client = SrtpSession.ofClient(keys(profile));
        SrtpSession server = SrtpSession.ofServer(keys(profile));
        ByteBuf forged = rtp(60000, 42).writeZero(16);
        assertThat(server.unprotectRtp(forged)).isEqualTo(SrtpVerdict.AUTHENTICATION_FAILED);

        ByteBuf genuine = rtp(3, 42);
        client.protectRtp(genuine);
        assertThat(server.unprotectRtp(genuine)).isEqualTo(SrtpVerdict.OK);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void refusesHeadersThatLie(SrtpProfile profile) {
        SrtpSession server = SrtpSession.ofServer(keys(profile));
        ByteBuf extension = rtp(1, 42).writeZero(16).setShort(14, 0xFFFF);
        ByteBuf contributors = rtp(1, 42).writeZero(16).setByte(0, 0x8F);
        assertThat(server.unprotectRtp(extension)).isEqualTo(SrtpVerdict.MALFORMED);
        assertThat(server.unprotectRtp(contributors)).isEqualTo(SrtpVerdict.MALFORMED);
        assertThat(server.unprotectRtp(Unpooled.buffer(64).writeZero(12))).isEqualTo(SrtpVerdict.MALFORMED);
        assertThat(server.unprotectRtcp(Unpooled.buffer(64).writeZero(15))).isEqualTo(SrtpVerdict.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void neverThrowsOnRubbish(SrtpProfile profile) {
        SrtpSession server = SrtpSession.ofServer(keys(profile));
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[8 + random.nextInt(120)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
            ByteBuf packet = Unpooled.buffer(200).writeBytes(bytes);
            SrtpVerdict verdict = random.nextBoolean() && bytes.length >= 12
                    ? server.unprotectRtp(packet)
                    : server.unprotectRtcp(packet);
            assertThat(verdict).as("seed %d, round %d", SEED, i).isNotEqualTo(SrtpVerdict.OK);
        }
    }
}
