package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Plan;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.ladder.Beside;
import org.raabta.adapter.ladder.PushToTalk;
import org.raabta.adapter.ladder.Thrift;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.rtp.RtcpCompound;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.RtpPacket;

/** A call in virtual time: keeps what it sends, obeys its deadlines, and watches every buffer. */
final class CallDriver {
    static final LegId PATIENT = new LegId("patient");
    static final LegId DOCTOR = new LegId("doctor");
    static final LegId GUEST = new LegId("guest");

    /** A link on which nothing is scarce, as a page measured it. */
    static final LinkHint AMPLE = new LinkHint(5000, 5000, true, false, false);

    private static final Estimate PLENTY = new Estimate(5000, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 50, 0);

    private static final Profile PROFILE = TestProfiles.shipped("default");

    /** Different numbers on every leg, so that a missing mapping shows. */
    static final MediaDescription PATIENT_MEDIA = media(111, 63, 96, 97, 3);

    static final MediaDescription DOCTOR_MEDIA = media(109, 108, 120, 124, 5);

    /** @param bytes of a plain array, so that nobody has to release it */
    record Sent(LegId leg, boolean rtcp, ByteBuf bytes, long atNanos) {
        RtpPacket rtp() {
            return Objects.requireNonNull(RtpPacket.tryParse(bytes), "not RTP");
        }

        byte[] payload() {
            RtpPacket rtp = rtp();
            byte[] payload = new byte[rtp.payloadLength()];
            bytes.getBytes(rtp.payloadIndex(), payload);
            return payload;
        }

        int length() {
            return bytes.readableBytes();
        }

        List<RtcpMessage> messages() {
            RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(bytes), "not RTCP");
            assertThat(compound.malformed()).isZero();
            for (int at = 0, next; at < length(); at = next) {
                next = at + 4 * (bytes.getUnsignedShort(at + 2) + 1);
                boolean padded = (bytes.getByte(at) & 0x20) != 0;
                assertThat(padded && next < length())
                        .as("only the last packet may be padded")
                        .isFalse();
            }
            return compound.messages();
        }
    }

    record Commanded(LegId leg, SendCommand command, long atNanos) {}

    private record Held(Person sender, Person receiver) {}

    record Room(LegId leg, TransferRoom room, long atNanos) {}

    record Still(Direction direction, StillPicture picture, long atNanos) {}

    record Decided(Direction direction, Decision decision) {}

    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    final List<Sent> sent = new ArrayList<>();
    final List<Decided> decided = new ArrayList<>();
    final List<Commanded> commanded = new ArrayList<>();
    final List<Room> rooms = new ArrayList<>();
    final List<Still> stills = new ArrayList<>();
    /** Plans that a test chose; every other direction stands on its ladder. */
    private final Map<Held, Plan> plans = new HashMap<>();

    final Call call;
    private final boolean ample;
    long nowNanos;
    int deadlines;

    /** A call that measures its links. */
    CallDriver(long seed, long startNanos) {
        this(seed, startNanos, TranscoderPool.none());
    }

    CallDriver(long seed, long startNanos, TranscoderPool transcoders) {
        this(seed, startNanos, transcoders, false);
    }

    private CallDriver(long seed, long startNanos, TranscoderPool transcoders, boolean ample) {
        this.ample = ample;
        nowNanos = startNanos;
        call = new Call(
                new CallOutput() {
                    @Override
                    public ByteBuf allocate(int capacity) {
                        return allocator.heapBuffer(capacity, capacity); // growing would be a wrong length
                    }

                    @Override
                    public void sendRtp(LegId leg, ByteBuf packet) {
                        take(leg, false, packet);
                    }

                    @Override
                    public void sendRtcp(LegId leg, ByteBuf packet) {
                        take(leg, true, packet);
                    }

                    @Override
                    public void command(LegId leg, SendCommand command) {
                        commanded.add(new Commanded(leg, command, nowNanos));
                    }

                    @Override
                    public void decided(Direction direction, Decision decision) {
                        decided.add(new Decided(direction, decision));
                    }

                    @Override
                    public void transferRoom(LegId leg, TransferRoom room) {
                        rooms.add(new Room(leg, room, nowNanos));
                    }

                    @Override
                    public void still(Direction direction, StillPicture picture) {
                        stills.add(new Still(direction, picture, nowNanos));
                    }
                },
                PROFILE,
                this::planner,
                () -> new PushToTalk(PROFILE),
                transcoders,
                seed,
                startNanos);
    }

    private Planner planner(Person sender, Person receiver, long beginsNanos) {
        Planner ladder = Planner.ladder(PROFILE, beginsNanos);
        Held direction = new Held(sender, receiver);
        return new Planner() {
            @Override
            public Plan update(Estimate up, Estimate down, Wishes wishes, Thrift thrift, Beside beside, long now) {
                Plan climbed = ladder.update(ample ? PLENTY : up, ample ? PLENTY : down, wishes, thrift, beside, now);
                return plans.getOrDefault(direction, ample ? lavish(climbed) : climbed);
            }

            @Override
            public void onPictures(double kbps) {
                ladder.onPictures(kbps);
            }

            @Override
            public Plan plan() {
                return plans.getOrDefault(direction, ample ? lavish(ladder.plan()) : ladder.plan());
            }

            @Override
            public double sharedKbps() {
                return ample ? Double.POSITIVE_INFINITY : ladder.sharedKbps();
            }

            @Override
            public long nextDeadlineNanos() {
                return ladder.nextDeadlineNanos();
            }
        };
    }

    /** Pictures may have all at once, without the steps in which a browser's own estimate is led up. */
    private static Plan lavish(Plan plan) {
        VideoPlan most = plan.video().active() ? new VideoPlan(2_000, 30, 720) : VideoPlan.OFF;
        return new Plan(plan.decision(), plan.audio(), most, plan.still(), plan.nextNeedsKbps());
    }

    private void take(LegId leg, boolean rtcp, ByteBuf packet) {
        assertThat(packet.refCnt()).isEqualTo(1);
        byte[] bytes = new byte[packet.readableBytes()];
        packet.readBytes(bytes);
        packet.release();
        sent.add(new Sent(leg, rtcp, Unpooled.wrappedBuffer(bytes), nowNanos));
    }

    /** On links that carry everything, whatever tests have them say and however long they have them say nothing. */
    static CallDriver ample(long seed, long startNanos) {
        return new CallDriver(seed, startNanos, TranscoderPool.none(), true);
    }

    /** Patient and doctor, connected and admitted, cameras on, on ample links. */
    static CallDriver consultation() {
        CallDriver driver = waiting();
        driver.call.admit(driver.nowNanos);
        return driver;
    }

    /** The same before the doctor admits. */
    static CallDriver waiting() {
        CallDriver driver = ample(7, 1_000_000_000L);
        driver.join(PATIENT, Role.PATIENT, PATIENT_MEDIA);
        driver.join(DOCTOR, Role.DOCTOR, DOCTOR_MEDIA);
        return driver;
    }

    /** With an ample link, so that pictures are planned at once. */
    void join(LegId leg, Role role, MediaDescription media) {
        join(leg, role, LegKind.WEB, media, AMPLE);
    }

    void join(LegId leg, Role role, LegKind kind, MediaDescription media) {
        join(leg, role, kind, media, LinkHint.NONE);
    }

    void join(LegId leg, Role role, LegKind kind, MediaDescription media, LinkHint hint) {
        call.addLeg(leg, role, kind, nowNanos);
        call.setHint(leg, hint, nowNanos);
        if (ample) {
            leg(leg).downlink.setGate((bytes, now) -> true);
        }
        call.setMedia(leg, media, nowNanos);
        call.setCamera(leg, true, nowNanos);
        call.setConnected(leg, true, nowNanos);
    }

    Leg leg(LegId id) {
        return Objects.requireNonNull(call.leg(id), "no such leg");
    }

    /** Has the direction carry out a plan from now on. */
    void plan(LegId sender, LegId receiver, Plan plan) {
        plans.put(new Held(leg(sender).person, leg(receiver).person), plan);
        call.setCamera(sender, true, nowNanos); // look at it again
        checkDeadline();
    }

    static MediaDescription media(int opus, int red, int vp8, int rtx, int transportCc) {
        return new MediaDescription(
                new MediaDescription.Audio(opus, red),
                vp8 == MediaDescription.NONE ? Optional.empty() : Optional.of(new MediaDescription.Video(vp8, rtx)),
                new MediaDescription.Extensions(MediaDescription.NONE, transportCc));
    }

    /** Hands in a packet; the call must neither keep nor change it. */
    void rtp(LegId from, byte[] packet) {
        ByteBuf buf = allocator.heapBuffer(packet.length).writeBytes(packet);
        call.onRtp(from, buf, nowNanos);
        returned(buf, packet);
    }

    void rtcp(LegId from, byte[] packet) {
        ByteBuf buf = allocator.heapBuffer(Math.max(1, packet.length)).writeBytes(packet);
        call.onRtcp(from, buf, nowNanos);
        returned(buf, packet);
    }

    void rtcp(LegId from, RtcpMessage... messages) {
        ByteBuf buf = Unpooled.buffer();
        for (RtcpMessage message : messages) {
            message.writeTo(buf);
        }
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes);
        rtcp(from, bytes);
    }

    private void returned(ByteBuf buf, byte[] packet) {
        assertThat(buf.refCnt()).isEqualTo(1);
        assertThat(buf.readerIndex()).isZero();
        assertThat(buf.writerIndex()).isEqualTo(packet.length);
        buf.release();
        checkDeadline();
    }

    /** Lets time pass, with every deadline obeyed on the way. */
    void advance(long nanos) {
        long target = nowNanos + nanos;
        while (true) {
            long deadline = checkDeadline();
            if (deadline == Long.MAX_VALUE || deadline - target > 0) {
                break;
            }
            nowNanos = deadline;
            deadlines++;
            call.onDeadline(nowNanos);
        }
        nowNanos = target;
        call.onDeadline(nowNanos);
    }

    void advanceMs(long millis) {
        advance(millis * 1_000_000L);
    }

    private long checkDeadline() {
        long deadline = call.nextDeadlineNanos();
        assertThat(deadline == Long.MAX_VALUE || deadline - nowNanos > 0)
                .as("the next deadline is in the future")
                .isTrue();
        return deadline;
    }

    List<Sent> rtpTo(LegId leg) {
        return sent.stream().filter(one -> !one.rtcp() && one.leg().equals(leg)).toList();
    }

    List<Sent> rtpTo(LegId leg, int ssrc) {
        return rtpTo(leg).stream().filter(one -> one.rtp().ssrc() == ssrc).toList();
    }

    List<Sent> rtcpTo(LegId leg) {
        return sent.stream().filter(one -> one.rtcp() && one.leg().equals(leg)).toList();
    }

    <T extends RtcpMessage> List<T> messagesTo(LegId leg, Class<T> type) {
        return rtcpTo(leg).stream()
                .flatMap(one -> one.messages().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    long dropped(Drop drop) {
        return Objects.requireNonNull(call.snapshot(nowNanos).drops().get(drop.label()));
    }

    /** Every buffer the call asked for has been handed over. */
    void assertNoLeak() {
        assertThat(allocator.metric().usedHeapMemory())
                .as("bytes in buffers that nobody owns")
                .isZero();
    }
}
