#!/usr/bin/env python3
"""Reference values for the scores, by another implementation than the one under test.

Written from the formulas of J. Jensen and C. H. Taal, "An Algorithm for Predicting the Intelligibility of Speech
Masked by Modulated Noise Maskers" (IEEE/ACM TASLP 24(11), 2016) and, for the removal of silent frames and the
one-third octave bands, C. H. Taal et al., "An Algorithm for Intelligibility Prediction of Time-Frequency Weighted
Noisy Speech" (IEEE TASLP 19(7), 2011). Shares no code with the Java side: matrices and library transforms here,
loops and an own transform there.

Made on Debian 12 (packages python3-numpy 1.24.2, python3-scipy 1.10.1, espeak-ng 1.51) from the root of `bench`:

    espeak-ng -v en-gb+f3 -s 150 -w spoken.wav \
      "Doctor, since Tuesday my daughter has a fever, and she coughs all night. She drinks a little water."
    python3 src/test/reference/make_reference.py spoken.wav src/test/resources/org/raabta/bench/score

Writes clean.wav (10 kHz, mono, 16 bit) and reference.json. The damaged signals are not stored: each is a recipe that
both sides carry out on clean.wav.
"""
import json
import sys

import numpy as np
from scipy import signal
from scipy.io import wavfile

RATE = 10000


def lcg_noise(count, seed):
    """Uniform in [-1, 1): the top 53 bits of Knuth's 64-bit linear congruential generator."""
    out = np.empty(count)
    state = seed
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        out[i] = (state >> 11) / float(1 << 53) * 2.0 - 1.0
    return out


def estoi(x, y):
    window = np.hanning(258)[1:-1]

    def frames(s):
        starts = np.arange(0, len(s) - 256, 128)
        return np.stack([s[b : b + 256] * window for b in starts])

    xf, yf = frames(x), frames(y)
    level = 20 * np.log10(np.linalg.norm(xf, axis=1) + np.finfo(float).eps)
    keep = level > level.max() - 40

    def overlap_add(f):
        out = np.zeros(128 * (len(f) - 1) + 256)
        for i, row in enumerate(f):
            out[i * 128 : i * 128 + 256] += row
        return out

    x, y = overlap_add(xf[keep]), overlap_add(yf[keep])
    xs, ys = np.abs(np.fft.rfft(frames(x), 512)) ** 2, np.abs(np.fft.rfft(frames(y), 512)) ** 2
    bins = np.arange(257) * RATE / 512.0
    bands = np.zeros((15, 257))
    for j in range(15):
        low = np.argmin((bins - 150 * 2 ** ((2 * j - 1) / 6)) ** 2)
        high = np.argmin((bins - 150 * 2 ** ((2 * j + 1) / 6)) ** 2)
        bands[j, low:high] = 1
    X, Y = np.sqrt(bands @ xs.T), np.sqrt(bands @ ys.T)

    def normalise(segment):
        segment = segment - segment.mean(axis=1, keepdims=True)
        norm = np.linalg.norm(segment, axis=1, keepdims=True)
        segment = np.divide(segment, norm, out=np.zeros_like(segment), where=norm > 1e-12)
        segment = segment - segment.mean(axis=0, keepdims=True)
        norm = np.linalg.norm(segment, axis=0, keepdims=True)
        return np.divide(segment, norm, out=np.zeros_like(segment), where=norm > 1e-12)

    total = [np.sum(normalise(X[:, m - 30 : m]) * normalise(Y[:, m - 30 : m])) / 30 for m in range(30, X.shape[1] + 1)]
    return float(np.mean(total))


def normalised_correlation(long, short):
    """Per lag: the cosine between `short` and the piece of `long` it lies on."""
    dots = signal.correlate(long, short, mode="valid", method="direct")
    energy = np.convolve(long**2, np.ones(len(short)), mode="valid")
    return dots / np.sqrt(np.maximum(energy, 1e-12) * np.sum(short**2))


def main(source, target):
    rate, pcm = wavfile.read(source)
    clean = signal.resample_poly(pcm / 32768.0, RATE, rate)
    clean = np.round(clean / np.max(np.abs(clean)) * 0.6 * 32767).astype(np.int16)
    wavfile.write(target + "/clean.wav", RATE, clean)
    x = clean / 32768.0
    n = len(x)
    active = np.sqrt(np.mean(x**2))
    noise = lcg_noise(n, 7)
    noise *= active / np.sqrt(np.mean(noise**2))
    cases = {"clean": x}
    for snr in (20, 10, 5, 0, -10):
        cases["noise%d" % snr] = x + noise * 10 ** (-snr / 20)
    for taps in (4, 16):
        cases["average%d" % taps] = signal.lfilter(np.ones(taps) / taps, 1, x)
    for share in (10, 30, 60):  # of each 600 ms, the first `share` per cent are silence
        cases["gaps%d" % share] = np.where(np.arange(n) % 6000 < 60 * share, 0, x)
    cases["late20ms"] = np.concatenate([np.zeros(200), x[:-200]])
    cases["reversed"] = x[::-1]
    cases["noiseAlone"] = noise
    cases["silence"] = np.zeros(n)
    expected = {name: round(estoi(x, y), 9) for name, y in cases.items()}

    up = signal.resample_poly(x, 24, 5)
    up_noisy = signal.resample_poly(cases["noise5"], 24, 5)
    at48 = round(estoi(signal.resample_poly(up, 5, 24), signal.resample_poly(up_noisy, 5, 24)), 6)

    received = cases["noise0"]
    lags = []
    for start in range(4000, n - 9000, 6000):
        values = normalised_correlation(x[start - 4000 : start + 9000], received[start : start + 5000])
        best = int(np.argmax(values))
        lags.append({"searchFrom": start - 4000, "searchTo": start + 9000, "from": start, "to": start + 5000,
                     "best": best, "value": round(float(values[best]), 9), "at100": round(float(values[100]), 9)})
    with open(target + "/reference.json", "w") as f:
        json.dump({"estoi": expected, "estoiNoise5At48kHz": at48, "correlation": lags}, f, indent=1)
        f.write("\n")
    print(json.dumps(expected, indent=1), at48, lags)


main(sys.argv[1], sys.argv[2])
