// The mock's part in items and the time line (docs/protocol.md, "Transfers, messages and the time line"): enough to look at the
// pages by hand and to try what breaks. Keeps all in memory, checks nothing, paces as told.
export function mockItems() {
  const entries = [];
  const items = new Map();
  const people = new Map();
  let v = 0;
  const now = () => Math.round(Date.now() / 1000);

  const others = role => [...people].filter(([name]) => name !== role).map(([, person]) => person);
  const tell = (who, e) => who.listens && who.send({ t: 'tl', e });

  function enter(fields) {
    const entry = { i: entries.length + 1, v: ++v, at: now(), ...fields };
    entries.push(entry);
    for (const person of people.values()) tell(person, [entry]);
    return entry;
  }

  function change(id, fields) {
    const entry = entries.find(each => each.id === id);
    if (!entry) return;
    Object.assign(entry, fields, { v: ++v });
    for (const person of people.values()) tell(person, [{ i: entry.i, v, ...fields }]);
  }

  function give(person, item, off) {
    const n = (person.gives = ((person.gives ?? 0) % 127) + 1);
    const { id, kind, type, data, w, h, from, age } = item;
    person.send({ t: 'give', n, id, kind, bytes: data.length, type, off, win: 4200, w, h, from, age });
    for (let at = off; at < data.length; at += 1400) {
      const chunk = data.subarray(at, at + 1400);
      person.bytes(Buffer.concat([Buffer.from([n, at >> 16, (at >> 8) & 255, at & 255]), chunk]));
    }
  }

  function finished(person, item) {
    person.send({ t: 'done', id: item.id, n: item.n });
    if (item.kind === 'still' || item.kind === 'thumb') others(person.role).forEach(other => give(other, item, 0));
    else change(item.id, { s: 'sent' });
  }

  return {
    entries,
    items,
    pace: { t: 'pace', up: 200, win: 4000, chunk: 400 },
    enter,
    /** A page's socket; answers what takes its frames. */
    join(role, send, bytes) {
      const person = { role, send, bytes, listens: false, numbers: new Map() };
      people.set(role, person);
      send(this.pace);
      return {
        message(m) {
          switch (m.t) {
            case 'tl':
              person.listens = true;
              tell(
                person,
                entries.filter(each => each.v > m.from),
              );
              break;
            case 'msg':
              if (!entries.some(each => each.id === m.id))
                enter({ k: 'msg', by: role, s: 'sent', id: m.id, text: m.text });
              break;
            case 'photo-request':
              enter({ k: 'ask', by: role, s: 'sent', id: m.id, view: m.view });
              break;
            case 'put': {
              const { t, n, ...offer } = m;
              const item = items.get(m.id) ?? { ...offer, from: role, data: Buffer.alloc(0) };
              item.n = n;
              items.set(m.id, item);
              person.numbers.set(n, item);
              if (item.data.length === m.bytes) finished(person, item);
              else send({ t: 'go', id: m.id, n, off: item.data.length });
              if ((m.kind === 'photo' || m.kind === 'note') && !entries.some(each => each.id === m.id)) {
                enter({ ...offer, k: m.kind, by: role, s: 'coming' });
              }
              break;
            }
            case 'get':
              give(person, items.get(m.id), m.off);
              break;
            case 'got':
              if (m.id) change(m.id, { s: 'delivered' });
              break;
            case 'seen':
              if (m.id) change(m.id, { s: 'seen' });
              break;
            case 'floor':
              for (const each of people.values()) {
                each.send(
                  m.want
                    ? { t: 'floor', by: role, ...(each.role === role ? { you: 1, left: 60 } : {}) }
                    : { t: 'floor' },
                );
              }
          }
        },
        binary(frame) {
          const off = (frame[1] << 16) | (frame[2] << 8) | frame[3];
          const item = person.numbers.get(frame[0]);
          if (frame[0] > 127 || !item || off !== item.data.length) return;
          item.data = Buffer.concat([item.data, frame.subarray(4)]);
          bytes(
            Buffer.from([
              128 | frame[0],
              item.data.length >> 16,
              (item.data.length >> 8) & 255,
              item.data.length & 255,
            ]),
          );
          if (item.data.length === item.bytes) finished(person, item);
        },
      };
    },
  };
}
