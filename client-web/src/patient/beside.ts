// What the patient's page has beside the call; loaded when the waiting room stands.
import { Side } from '../beside/side';
import { byId } from '../shared/dom';
import type { Host, Later } from '../shared/later';
import { Data } from './data';
import { LaterTongue } from './latertongue';
import { Line } from './line';
import { PhotoSheet } from './photo';

export async function begin(host: Host): Promise<Later> {
  const room = byId('s-room');
  const tongue = new LaterTongue(host.token);
  const speak = (): Promise<void> => tongue.speak(host.languages()[0]);
  await speak();
  return Side.open(host, room, side => {
    const photo = new PhotoSheet(side);
    const line = new Line(host, room);
    const data = new Data(host, room);
    // The page speaks another language: so does this, as soon as it can.
    new MutationObserver(() => void speak().then(() => side.soon())).observe(document.documentElement, {
      attributeFilter: ['lang'],
    });
    void speak();
    const bar = byId('leave').parentElement as HTMLElement;
    byId('leave').before(photo.button, side.noting.button);
    side.panel.button.classList.add('pill');
    room.insertBefore(side.panel.button, bar);
    room.append(photo.root);
    document.documentElement.dataset['side'] = '1';
    return {
      acts: { takePhoto: entry => photo.asked(entry) },
      news: entry => {
        if (entry.k === 'ask') photo.asked(entry);
        else if ((entry.k === 'msg' || entry.k === 'note') && !photo.open) side.panel.toggle(true, false);
      },
      front: front => {
        line.heard(front);
        data.heard(front);
      },
      render: now => {
        line.update(now);
        data.render();
        photo.render();
      },
    };
  });
}
