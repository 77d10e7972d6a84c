# default: a clinic that knows nothing of its patients' links.
# key = value; everything after # is a comment; every key must be there once. All rates are link bits: payload, headers, RTCP,
# checks and sockets. docs/ladder.md explains the words; design/links-and-ladder.md (sections 3 to 6) has the arithmetic.

# Frame rate before size: a face that moves says more than a sharp one that stands, and signing needs 12 to 20 fps.
preference = motion
picture.bits-per-pixel = 0.05 x

# What may be chosen, best first; phone is never chosen by itself.
ladder.rungs = video low-video slow-video voice narrow-voice thin-voice notes

# A rung's figures: enter is what has to be proven to climb there, leave is where it is left at once. The cheapest audio, the least
# picture and the overhead together must not exceed leave, or a queue grows while the rung is held. audio: speech while there is
# nothing to prove, cheapest first. lossy: the same while packets get lost. beside: the same while a photo or a note is on
# its way: packets twice as long leave a thin link nearly twice as much of it. probe: dearer steps that prove the next rung's bits
# (redundant speech, never padding). Steps are small, because each costs its excess in queue if the link cannot carry it.

rung.video.enter = 270 kbps
rung.video.leave = 210 kbps
rung.video.overhead = 5 kbps          # REMB, receiver reports and feedback of a received video: 2.3 to 5.8 measured
rung.video.audio = 24k/20ms
rung.video.lossy = 16k/20ms+red 24k/20ms+red
rung.video.probe = none
rung.video.picture.least = 120 kbps
rung.video.picture.most = 2500 kbps
rung.video.picture.kept = 120 kbps
rung.video.picture.fps-least = 12 fps
rung.video.picture.fps-most = 30 fps
rung.video.picture.heights = 240 360 480 720 px

rung.low-video.enter = 140 kbps
rung.low-video.leave = 105 kbps
rung.low-video.overhead = 5 kbps
rung.low-video.audio = 20k/40ms 24k/40ms
rung.low-video.lossy = 12k/40ms+red 16k/40ms+red 20k/40ms+red
rung.low-video.probe = 16k/60ms+red 18k/60ms+red 22k/60ms+red 24k/40ms+red 22k/20ms+red 24k/20ms+red 28k/20ms+red 32k/20ms+red 36k/20ms+red
rung.low-video.picture.least = 60 kbps
rung.low-video.picture.most = 200 kbps
rung.low-video.picture.kept = 90 kbps
rung.low-video.picture.fps-least = 10 fps
rung.low-video.picture.fps-most = 15 fps
rung.low-video.picture.heights = 180 240 360 480 px

rung.slow-video.enter = 90 kbps
rung.slow-video.leave = 62 kbps
rung.slow-video.overhead = 5 kbps
rung.slow-video.audio = 16k/60ms 20k/60ms
rung.slow-video.lossy = 10k/60ms+red 12k/60ms+red 16k/60ms+red
rung.slow-video.probe = 24k/60ms 12k/40ms+red 14k/40ms+red 18k/60ms+red 20k/60ms+red 24k/60ms+red 24k/40ms+red
rung.slow-video.picture.least = 32 kbps   # the browser's 30 and its headers
rung.slow-video.picture.most = 64 kbps
rung.slow-video.picture.kept = 40 kbps
rung.slow-video.picture.fps-least = 5 fps
rung.slow-video.picture.fps-most = 8 fps
rung.slow-video.picture.heights = 120 180 240 px

rung.stills.enter = 28 kbps
rung.stills.leave = 21 kbps
rung.stills.overhead = 1.3 kbps       # as on voice
rung.stills.audio = 8k/120ms 10k/120ms 12k/120ms 12k/60ms 16k/60ms 20k/60ms 24k/60ms
rung.stills.lossy = 6k/120ms+red 8k/120ms+red 8k/60ms+red 12k/60ms+red
rung.stills.probe = 12k/40ms+red 16k/60ms+red 18k/60ms+red 20k/60ms+red 22k/60ms+red 24k/60ms+red 24k/40ms+red 24k/20ms+red
rung.stills.picture.least = 4 kbps    # a picture of 160x120 every four seconds
rung.stills.picture.most = 12 kbps

rung.voice.enter = 25 kbps
rung.voice.leave = 20.5 kbps
rung.voice.overhead = 1.3 kbps        # checks 0.4, reports 0.3, sparse feedback 0.6
rung.voice.audio = 12k/60ms 14k/60ms 16k/60ms 20k/60ms 24k/60ms 24k/40ms
rung.voice.lossy = 8k/120ms+red 8k/60ms+red 10k/60ms+red 12k/60ms+red 14k/60ms+red 16k/60ms+red 20k/60ms+red
rung.voice.beside = 8k/120ms 10k/120ms 12k/120ms 12k/60ms 16k/60ms 20k/60ms 24k/60ms 24k/40ms
rung.voice.probe = 16k/60ms+red 18k/60ms+red 20k/60ms+red 22k/60ms+red 24k/60ms+red 24k/40ms+red 22k/20ms+red 24k/20ms+red

rung.narrow-voice.enter = 16 kbps
rung.narrow-voice.leave = 12.5 kbps
rung.narrow-voice.overhead = 1.1 kbps
rung.narrow-voice.audio = 8k/120ms 10k/120ms 12k/120ms 14k/120ms
rung.narrow-voice.lossy = 6k/120ms+red 8k/120ms+red
rung.narrow-voice.probe = 12k/60ms

rung.thin-voice.enter = 11 kbps
rung.thin-voice.leave = 10.3 kbps
rung.thin-voice.overhead = 0.9 kbps   # checks 0.4, reports 0.3, the page's statistics 0.2; no transport-wide feedback
rung.thin-voice.audio = 6k/120ms+dtx
rung.thin-voice.lossy = 6k/120ms+red+dtx
rung.thin-voice.probe = 7k/120ms 8k/120ms

budget.margin = 10 %
budget.after-fall = 75 %

# At the start nobody has been heard yet, so being wrong is cheap and being slow is not.
start.phase = 15 s
start.hold = 2 s
start.low-confidence = 75 %

climb.hold = 10 s
climb.failed-within = 15 s
climb.failed-factor = 3 x
climb.failed-least = 60 s
climb.failed-most = 120 s
climb.changes-most = 2

# A step may cost 400 ms of link time: its excess over what is proven, for as long as it takes to notice.
growth.hold = 2500 ms
growth.cost = 400 ms
growth.queue = 100 ms
growth.retry = 15 s
growth.retry-most = 120 s

# At 10 % loss 8k with a copy is understood better than 16k without; below 3 % the copy is not worth its bits.
redundancy.on-above = 3 %
redundancy.off-below = 1 %
redundancy.off-after = 10 s

# Both are late to come and quick to go: every second in them while somebody speaks is lost to whoever listens.
push-to-talk.below = 7.5 kbps    # thinnest speech of half a talk is 6.8, of a whole one 10.2
push-to-talk.after = 20 s
push-to-talk.back = 4 s

notes.below = 5 kbps
notes.after = 20 s
notes.outage = 5 s
notes.outages = 3
notes.within = 60 s
notes.back = 4 s

# The estimator: a standing queue is the 20th percentile of delays, so that radio stalls do not count.
estimator.queue.baseline = 60 s
estimator.queue.window = 1 s
estimator.queue.window-packets = 8 packets
estimator.queue.quantile = 20 %
estimator.overuse.low-queue = 150 ms
estimator.overuse.high-queue = 80 ms
estimator.overuse.noise = 2.4 x
estimator.overuse.readings = 2
estimator.overuse.at-once = 600 ms
estimator.overuse.severe = 1200 ms
estimator.overuse.severe-round-trip = 2500 ms
estimator.rates.decrease = 85 %
estimator.rates.severe-decrease = 60 %
estimator.rates.drained = 60 ms
estimator.rates.drain = 4 s
estimator.rates.clean = 3 s
estimator.rates.grow = 0.5 kbps
estimator.rates.grow-share = 4 %
estimator.rates.recover-share = 8 %
estimator.rates.recover-below = 90 %
estimator.rates.fast-start = 1.5 x
estimator.rates.low-below = 120 kbps
estimator.loss.ignored-below = 10 %
estimator.loss.least-packets = 20 packets
estimator.flight.least = 600 bytes
estimator.flight.extra = 400 ms
estimator.silence.after = 3 s
estimator.silence.probe = 2 s
estimator.silence.resume = 50 %
