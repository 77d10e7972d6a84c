// Opus packets in an Ogg file (RFC 7845): one stream, one packet after the other.
const TABLE = Array.from({ length: 256 }, (_, i) => {
  let r = i << 24;
  for (let bit = 0; bit < 8; bit++) r = r & 0x80000000 ? (r << 1) ^ 0x04c11db7 : r << 1;
  return r >>> 0;
});
const crc = data => data.reduce((sum, byte) => ((sum << 8) ^ TABLE[((sum >>> 24) ^ byte) & 255]) >>> 0, 0);

const LAST = 4;
const FIRST = 2;
/** Lacing values of one page (RFC 3533, section 6). */
const MOST_SEGMENTS = 255;

function page(packets, { flags, granule, serial, number }) {
  const lacing = packets.flatMap(packet => [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = flags;
  head.writeBigInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(serial, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lacing.length;
  const whole = Buffer.concat([head, Buffer.from(lacing), ...packets]);
  whole.writeUInt32LE(crc(whole), 22);
  return whole;
}

/** `samples`: how many of 48 kHz there are to hear; `skip`: what the decoder throws away first. */
export function oggOpus(packets, { frame, samples, skip }) {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head[8] = 1;
  head[9] = 1;
  head.writeUInt16LE(skip, 10);
  head.writeUInt32LE(16_000, 12);
  const tags = Buffer.concat([
    Buffer.from('OpusTags'),
    Buffer.from([6, 0, 0, 0]),
    Buffer.from('raabta'),
    Buffer.alloc(4),
  ]);
  const serial = 1;
  const pages = [
    page([head], { flags: FIRST, granule: 0, serial, number: 0 }),
    page([tags], { flags: 0, granule: 0, serial, number: 1 }),
  ];
  const segments = packet => Math.floor(packet.length / 255) + 1;
  for (let from = 0; from < packets.length;) {
    let to = from;
    for (let used = 0; to < packets.length && (used += segments(packets[to])) <= MOST_SEGMENTS;) to++;
    const last = to === packets.length;
    const granule = last ? skip + samples : to * frame;
    pages.push(page(packets.slice(from, to), { flags: last ? LAST : 0, granule, serial, number: pages.length }));
    from = to;
  }
  return Buffer.concat(pages);
}
