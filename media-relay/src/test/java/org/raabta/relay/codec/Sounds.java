package org.raabta.relay.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.call.AudioTranscoder;

/** A sender, a transcoder and a receiver with ears, in virtual time. */
final class Sounds implements AudioTranscoder.Output, AutoCloseable {
    static final int MS = OpusDecoder.RATE_HZ / 1000;

    /** @param opus of a plain array, so that nobody has to release it */
    record Heard(ByteBuf opus, int timestamp, boolean marker, int lostBefore, int samples) {}

    final List<Heard> heard = new ArrayList<>();
    final List<AudioTranscoder.Fault> faults = new ArrayList<>();
    final OpusLibrary library;
    final Transcoder transcoder;
    private final OpusEncoder source;
    private final OpusDecoder ear;
    private final int frameSamples;
    long sequence = 70_000;
    int timestamp = -48_000; // wraps on the way
    long nowNanos = 1_000_000_000L;

    Sounds(int sourceBps, int sourceMs, AudioPlan plan) throws OpusUnavailable {
        library = OpusLibrary.load();
        transcoder = library.transcoder(plan);
        source = library.encoder();
        source.setBitrate(sourceBps);
        ear = library.decoder();
        frameSamples = sourceMs * MS;
    }

    /** Encodes the sound packet by packet; {@code lost} says which do not arrive. */
    void send(short[] sound, IntPredicate lost) {
        for (int packet = 0; (packet + 1) * frameSamples <= sound.length; packet++) {
            byte[] opus = encode(sound, packet * frameSamples);
            if (!lost.test(packet)) {
                deliver(opus);
            }
            pass();
        }
    }

    byte[] encode(short[] sound, int at) {
        int bytes = source.encode(sound, at, frameSamples);
        byte[] opus = new byte[OpusEncoder.MAX_PACKET_BYTES];
        source.read(opus, bytes);
        return Arrays.copyOf(opus, bytes);
    }

    void deliver(byte[] opus) {
        ByteBuf buf = Unpooled.wrappedBuffer(new byte[3], opus);
        transcoder.onPacket(buf, 3, opus.length, sequence, timestamp, nowNanos, this);
    }

    /** The next packet's time and number. */
    void pass() {
        sequence++;
        timestamp += frameSamples;
        advance(frameSamples / MS);
    }

    void advance(int ms) {
        nowNanos += ms * 1_000_000L;
        while (transcoder.nextDeadlineNanos() <= nowNanos) {
            transcoder.onDeadline(transcoder.nextDeadlineNanos(), this);
        }
    }

    @Override
    public void packet(ByteBuf opus, int timestamp, boolean marker, int lostBefore) {
        byte[] bytes = new byte[opus.readableBytes()];
        opus.getBytes(opus.readerIndex(), bytes);
        int samples = ear.take(opus, opus.readerIndex(), bytes.length);
        heard.add(new Heard(Unpooled.wrappedBuffer(bytes), timestamp, marker, lostBefore, samples));
    }

    @Override
    public void fault(AudioTranscoder.Fault fault) {
        faults.add(fault);
    }

    /** What came out, decoded; gaps are left out. */
    short[] listen() {
        int total = heard.stream().mapToInt(Heard::samples).sum();
        short[] pcm = new short[total];
        int at = 0;
        for (Heard one : heard) {
            int length = one.opus().readableBytes();
            ear.take(one.opus(), 0, length);
            int samples = ear.decode(length);
            ear.read(pcm, at, samples);
            at += samples;
        }
        return pcm;
    }

    double payloadBps() {
        long bits =
                heard.stream().mapToLong(one -> one.opus().readableBytes() * 8L).sum();
        return bits
                * (double) OpusDecoder.RATE_HZ
                / heard.stream().mapToLong(Heard::samples).sum();
    }

    @Override
    public void close() {
        transcoder.close();
        source.close();
        ear.close();
    }

    static short[] tone(double hz, double amplitude, int ms) {
        short[] pcm = new short[ms * MS];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / OpusDecoder.RATE_HZ));
        }
        return pcm;
    }

    /** Syllables of a voice at 120 Hz with two formants, four a second. */
    static short[] voice(int ms) {
        short[] pcm = new short[ms * MS];
        for (int i = 0; i < pcm.length; i++) {
            double seconds = (double) i / OpusDecoder.RATE_HZ;
            double pitch = 120 + 15 * Math.sin(2 * Math.PI * 0.7 * seconds);
            double sum = 0;
            for (int harmonic = 1; harmonic <= 30; harmonic++) {
                double hz = harmonic * pitch;
                double weight = 1 / (1 + square((hz - 600) / 150)) + 0.5 / (1 + square((hz - 1700) / 200)) + 0.02;
                sum += weight * Math.sin(2 * Math.PI * harmonic * (120 * seconds - 3.41 * Math.cos(4.398 * seconds)));
            }
            double syllable = Math.max(0.02, Math.sin(2 * Math.PI * 4 * seconds));
            pcm[i] = (short) Math.max(-32_000, Math.min(32_000, 4000 * syllable * sum));
        }
        return pcm;
    }

    private static double square(double x) {
        return x * x;
    }

    /** Amplitude of one frequency (Goertzel). */
    static double amplitude(short[] pcm, int from, int samples, double hz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples; i++) {
            double angle = 2 * Math.PI * hz * i / OpusDecoder.RATE_HZ;
            re += pcm[from + i] * Math.cos(angle);
            im -= pcm[from + i] * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / samples;
    }

    static double rms(short[] pcm, int from, int samples) {
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += square(pcm[from + i]);
        }
        return Math.sqrt(sum / samples);
    }
}
