// Clients that are not our pages: libwebrtc bots in processes of their own join by POST /api/legs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBot } from './lib/bots.mjs';
import { chromium, press, untilState } from './lib/browsers.mjs';
import { hears } from './lib/meeting.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.remove());

test("a bot's tone is heard in the doctor's browser", async () => {
  const consult = await server.consult();
  const bot = startBot('SenderBot', { server, token: consult.patientToken, tone: 995 });
  const doctors = await chromium();
  try {
    const doctor = await doctors.open(consult.doctorUrl);
    await bot.says('that it joined', line => line.t === 'joined');
    await bot.says('that it is connected', line => line.state === 'connected');
    await press(doctor, 'admit');
    await untilState(doctor, 'call');
    await hears(doctor, 995);
    const legs = (await server.consultState(consult.id)).legs;
    assert.deepEqual(legs.map(leg => `${leg.role} ${leg.kind}`).sort(), ['doctor web', 'patient sdp']);
    assert.equal(await bot.leave(), 0);
    assert.ok(bot.lines.some(line => line.t === 'left'));
    await untilState(doctor, 'reconnecting');
  } finally {
    await bot.end();
    await doctors.remove();
  }
});

test("the doctor's browser is heard by a bot", async () => {
  const consult = await server.consult();
  const bot = startBot('ReceiverBot', { server, token: consult.patientToken });
  const doctors = await chromium({ sound: beepFile(700) });
  try {
    const doctor = await doctors.open(consult.doctorUrl);
    await bot.says('that it is connected', line => line.state === 'connected');
    assert.ok(!bot.lines.some(line => line.t === 'heard'), 'nobody is heard before the doctor admits');
    await press(doctor, 'admit');
    await untilState(doctor, 'call');
    // A window in which the beep begins or ends holds less of it: one of the others is meant.
    await bot.says('that it hears 700 Hz', line => line.t === 'heard' && line.hz === 700 && line.share > 0.5);
    assert.equal(await bot.leave(), 0);
  } finally {
    await bot.end();
    await doctors.remove();
  }
});

test('two bots, and not a browser in sight', async () => {
  const consult = await server.consult();
  const receiver = startBot('ReceiverBot', { server, token: consult.doctorToken });
  const sender = startBot('SenderBot', { server, token: consult.patientToken, tone: 440 });
  try {
    await receiver.says('that it is connected', line => line.state === 'connected');
    await sender.says('that it is connected', line => line.state === 'connected');
    const admitted = await server.call('POST', `/api/consults/${consult.id}/admit`, { token: consult.doctorToken });
    assert.equal(admitted.status, 204);
    await receiver.says('that it hears 440 Hz', line => line.t === 'heard' && line.hz === 440 && line.share > 0.5);
    assert.equal((await server.consultState(consult.id)).state, 'call');
    await server.call('POST', `/api/consults/${consult.id}/end`, { key: server.clinicKey });
    await until('the end', async () => (await server.consultState(consult.id)).state === 'ended' || null);
  } finally {
    await sender.end();
    await receiver.end();
  }
});
