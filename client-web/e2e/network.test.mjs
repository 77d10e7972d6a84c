// Networks that are in the way: UDP blocked, and a NAT that gives the patient another port in the middle of a call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, press, stats, untilGrown } from './lib/browsers.mjs';
import { bothHear, hears, meet, sees } from './lib/meeting.mjs';
import { startNat } from './lib/nat.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const patientHz = 440;
const doctorHz = 1320;
let doctors;

before(async () => {
  doctors = await chromium({ sound: beepFile(doctorHz) });
});
after(() => doctors?.remove());

test('UDP blocked: the same call over ICE-TCP', async () => {
  const server = await startServer();
  // This browser may not send a single datagram: what is left to it is TCP.
  const patients = await chromium({
    sound: beepFile(patientHz),
    args: ['--webrtc-ip-handling-policy=disable_non_proxied_udp'],
  });
  try {
    const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors });
    await bothHear(patient, doctor);
    await hears(doctor, patientHz);
    await hears(patient, doctorHz);
    await sees(patient, 'the patient');
    await sees(doctor, 'the doctor');
    assert.equal((await stats(patient)).protocol, 'tcp');
    assert.equal((await stats(doctor)).protocol, 'udp');
    await press(doctor, 'end');
    await doctor.close();
  } finally {
    await patients.remove();
    await server.remove();
  }
});

test("the patient's source port changes in the middle of the call", async t => {
  // Clients are told 127.0.0.2, where the NAT stands; the relay itself is behind it on 127.0.0.1.
  const server = await startServer({ mediaHost: '127.0.0.2', settings: 'media.bind = "127.0.0.1"\nmedia.loops = 1\n' });
  const relay = { host: '127.0.0.1', port: server.media };
  const nat = await startNat({ listen: { host: '127.0.0.2', port: server.media }, relay });
  const patients = await chromium({ sound: beepFile(patientHz) });
  try {
    const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors });
    await bothHear(patient, doctor);
    const connections = (await stats(patient)).peers;
    const mine = await patientPort(nat, patient);

    for (let round = 1; round <= 3; round++) {
      const port = (await nat.clients()).find(each => each.browserPort === mine).relaySees;
      const before = { patient: await stats(patient), doctor: await stats(doctor) };
      await nat.remap(port);
      const begin = performance.now();
      // What was under way when the port changed is a packet or two; five more can only have come the new way.
      const [uplinkMs, downlinkMs] = await Promise.all([
        until(
          'the doctor to hear the patient again',
          async () => ((await stats(doctor)).audioPackets >= before.doctor.audioPackets + 5 ? now(begin) : null),
          { everyMs: 10 },
        ),
        until(
          'the patient to hear the doctor again',
          async () => ((await stats(patient)).audioPackets >= before.patient.audioPackets + 5 ? now(begin) : null),
          { everyMs: 10 },
        ),
      ]);
      t.diagnostic(
        `round ${round}: uplink after ${uplinkMs.toFixed(0)} ms, downlink after ${downlinkMs.toFixed(0)} ms`,
      );
      // A tenth of it on an idle machine. What has to be seen is that nobody waited for a restart of ICE, which is due after ten seconds.
      assert.ok(uplinkMs < 10_000, `uplink took ${uplinkMs} ms`);
      assert.ok(downlinkMs < 10_000, `downlink took ${downlinkMs} ms`);
      await hears(doctor, patientHz);
      await hears(patient, doctorHz);
    }
    assert.equal((await stats(patient)).peers, connections, 'nothing was negotiated anew');
    await sees(patient, 'the patient');
    await press(doctor, 'end');
    await doctor.close();
  } finally {
    await patients.remove();
    await nat.close();
    await server.remove();
  }
});

const now = begin => performance.now() - begin;

/** The browser-side port on which the patient's media passes the NAT. */
async function patientPort(nat, patient) {
  const ports = await patient.evaluate(() => window.__probe.localPorts());
  const known = (await nat.clients()).map(client => client.browserPort);
  const mine = ports.filter(port => known.includes(port));
  assert.equal(mine.length, 1, `which of ${ports} passes the NAT (${known})?`);
  return mine[0];
}
