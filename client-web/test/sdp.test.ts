// Against offers recorded from real browsers, as their pages made them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Relay } from '../src/shared/protocol';
import { parseOffer, writeAnswer, type Shape } from '../src/shared/sdp';

const RELAY: Relay = { host: '203.0.113.5', udp: 9000, tcp: 8443, fp: '_-' + 'A'.repeat(41), run: 'r' };
const ICE = { ufrag: 'r81gVffp00', pwd: 'pe0wj5MYMV6PqMrsG+WuVYkw' };
const SHAPE: Shape = { audio: { br: 12_000, pt: 60, red: false, dtx: false }, tcc: true, sent: false, startKbps: 0 };
const recorded = (name: string): string => readFileSync(`test/offers/${name}.sdp`, 'utf8');
const lines = (sdp: string): string[] => sdp.split('\r\n');
const sections = (sdp: string): string[][] => sdp.split(/\r\n(?=m=)/).map(lines);

describe('Chromium 156', () => {
  const offer = parseOffer(recorded('chromium-156'));
  const answer = writeAnswer(offer, RELAY, ICE, 1, SHAPE);

  test('its numbers are read from its own offer', () => {
    assert.deepEqual(offer.media, {
      a: { opus: 111, red: 63 },
      v: { vp8: 96, rtx: 97 },
      x: { mid: 4, tcc: 3, sent: 2 },
    });
    assert.match(offer.fp, /^[\w-]{43}$/);
    assert.match(offer.ufrag, /^\S{4,}$/);
    assert.match(offer.pwd, /^\S{22,}$/);
  });

  test('the answer, line by line', () => {
    assert.deepEqual(sections(answer), [
      ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=ice-lite', 'a=group:BUNDLE 0 1'],
      [
        'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
        'c=IN IP4 0.0.0.0',
        'a=mid:0',
        'a=sendrecv',
        'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
        'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 minptime=10;useinbandfec=1;maxaveragebitrate=12000',
        'a=rtcp-fb:111 transport-cc',
        'a=rtpmap:63 red/48000/2',
        'a=fmtp:63 111/111',
        'a=ptime:60',
        'a=msid:ra a',
        `a=ssrc:${0x52420000} cname:r`,
        'a=ice-ufrag:r81gVffp00',
        'a=ice-pwd:pe0wj5MYMV6PqMrsG+WuVYkw',
        `a=fingerprint:sha-256 FF:E0${':00'.repeat(30)}`,
        'a=setup:passive',
        'a=rtcp-mux',
        'a=rtcp-rsize',
        'a=candidate:1 1 udp 2130706431 203.0.113.5 9000 typ host',
        'a=candidate:2 1 tcp 1671430143 203.0.113.5 8443 typ host tcptype passive',
        'a=end-of-candidates',
      ],
      [
        'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
        'c=IN IP4 0.0.0.0',
        'a=mid:1',
        'a=sendrecv',
        'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
        'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
        'a=rtpmap:96 VP8/90000',
        'a=rtcp-fb:96 nack',
        'a=rtcp-fb:96 nack pli',
        'a=rtcp-fb:96 goog-remb',
        'a=rtcp-fb:96 transport-cc',
        'a=rtpmap:97 rtx/90000',
        'a=fmtp:97 apt=96',
        'a=msid:rv v',
        `a=ssrc-group:FID ${0x52420001} ${0x52420002}`,
        `a=ssrc:${0x52420001} cname:r`,
        `a=ssrc:${0x52420002} cname:r`,
        'a=ice-ufrag:r81gVffp00',
        'a=ice-pwd:pe0wj5MYMV6PqMrsG+WuVYkw',
        `a=fingerprint:sha-256 FF:E0${':00'.repeat(30)}`,
        'a=setup:passive',
        'a=rtcp-mux',
        'a=rtcp-rsize',
        '',
      ],
    ]);
  });
});

describe('Firefox 153', () => {
  const offer = parseOffer(recorded('firefox-153'));

  test('its numbers are its own; its fingerprint stands in the session', () => {
    assert.deepEqual(offer.media, { a: { opus: 109 }, v: { vp8: 120, rtx: 124 }, x: { mid: 3, tcc: 7, sent: 4 } });
    assert.equal(offer.fp, 'w1fpbrCQrXRVV8lGE8ADtcjBL1kH43ckfyr7PVQeOl0');
    assert.equal(offer.ufrag, '9c043f6e');
  });

  test('the answer has no RED and accepts the bundle-only video section', () => {
    const [, audio = [], video = []] = sections(writeAnswer(offer, RELAY, ICE, 1, SHAPE));
    assert.equal(audio[0], 'm=audio 9 UDP/TLS/RTP/SAVPF 109');
    assert.equal(video[0], 'm=video 9 UDP/TLS/RTP/SAVPF 120 124');
    assert.ok(audio.includes('a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'));
    assert.ok(!audio.some(line => line.includes('red/')));
    assert.ok(video.includes('a=fmtp:124 apt=120'));
  });
});

describe('as commanded', () => {
  const offer = parseOffer(recorded('chromium-156'));
  const shaped = (change: Partial<Shape>): string[][] =>
    sections(writeAnswer(offer, RELAY, ICE, 1, { ...SHAPE, ...change }));

  test('thin voice: packet length, rate, silence left out, no transport-wide feedback anywhere', () => {
    const [, audio = [], video = []] = shaped({ audio: { br: 6000, pt: 120, red: false, dtx: true }, tcc: false });
    assert.ok(audio.includes('a=fmtp:111 minptime=10;useinbandfec=1;maxaveragebitrate=6000;usedtx=1'));
    assert.ok(audio.includes('a=ptime:120'));
    for (const line of [...audio, ...video]) assert.doesNotMatch(line, /transport-/);
    assert.ok(audio.some(line => line.startsWith('a=extmap:4 ')) && video.includes('a=rtcp-fb:96 goog-remb'));
  });

  test('RED stands first when it is wanted, and is understood all the same when not', () => {
    const [, audio = []] = shaped({ audio: { br: 8000, pt: 60, red: true, dtx: false } });
    assert.equal(audio[0], 'm=audio 9 UDP/TLS/RTP/SAVPF 63 111');
    const [, plain = []] = shaped({});
    assert.equal(plain[0], 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63');
    assert.ok(plain.includes('a=fmtp:63 111/111'));
  });

  test('packets say when they left where pictures go', () => {
    const [, audio = [], video = []] = shaped({ sent: true });
    for (const lines of [audio, video]) assert.ok(lines.some(line => line.startsWith('a=extmap:2 ')));
    for (const lines of shaped({})) assert.ok(!lines.some(line => line.startsWith('a=extmap:2 ')));
  });

  test('where the browser begins with its own estimate', () => {
    const [, , video = []] = shaped({ startKbps: 135 });
    assert.ok(video.includes('a=fmtp:96 x-google-start-bitrate=135'));
  });

  test('Firefox has no RED to put first', () => {
    const firefox = parseOffer(recorded('firefox-153'));
    const red = { ...SHAPE, audio: { ...SHAPE.audio, red: true } };
    assert.equal(sections(writeAnswer(firefox, RELAY, ICE, 1, red))[1]?.[0], 'm=audio 9 UDP/TLS/RTP/SAVPF 109');
  });
});

describe('whatever the browser', () => {
  const chromium = recorded('chromium-156');

  test('an extension is answered only where it was offered', () => {
    const [session = '', audio = '', video = ''] = chromium.split(/\r\n(?=m=)/);
    const tcc = /\r\na=extmap:3 [^\r]+/;
    const offer = parseOffer([session, audio.replace(tcc, ''), video].join('\r\n'));
    assert.equal(offer.media.x.tcc, 3);
    const [, a = [], v = []] = sections(writeAnswer(offer, RELAY, ICE, 1, SHAPE));
    assert.ok(!a.some(line => line.startsWith('a=extmap:3 ') || line.endsWith('transport-cc')));
    assert.ok(v.some(line => line.startsWith('a=extmap:3 ')));
  });

  test('every section is answered: without VP8 the video is refused and not bundled', () => {
    const offer = parseOffer(chromium.replace(/VP8\/90000/g, 'H261/90000'));
    assert.equal(offer.media.v, undefined);
    const [session = [], , video = []] = sections(writeAnswer(offer, RELAY, ICE, 1, SHAPE));
    assert.ok(session.includes('a=group:BUNDLE 0'));
    assert.match(video[0] ?? '', /^m=video 0 /);
    assert.ok(video.includes('a=inactive') && video.includes('a=mid:1'));
  });

  test('no TCP candidate without a TCP port; the version is the one given', () => {
    const answer = writeAnswer(parseOffer(chromium), { host: '::1', udp: 1, fp: RELAY.fp, run: 'r' }, ICE, 8, SHAPE);
    assert.ok(!answer.includes('tcptype'));
    assert.ok(answer.includes('a=candidate:1 1 udp 2130706431 ::1 1 typ host'));
    assert.ok(answer.includes('o=- 1 8 IN IP4 0.0.0.0'));
  });

  for (const [what, pattern] of [
    ['Opus', /a=rtpmap:111 opus[^\r]*\r\n/g],
    ['ICE', /a=ice-ufrag[^\r]*\r\n/g],
    ['a SHA-256 fingerprint', /sha-256/g],
  ] as const) {
    test(`an offer without ${what} is refused`, () => assert.throws(() => parseOffer(chromium.replace(pattern, ''))));
  }
});
