// What the doctor's console has beside the call.
import { Bell, BELL } from '../beside/bell';
import { ICONS, make, onKey } from '../beside/elements';
import { VIEWS, type View } from '../beside/messages';
import { Side } from '../beside/side';
import * as shared from '../beside/words';
import { besideUr } from '../messages/beside.ur';
import { byId } from '../shared/dom';
import type { Host, Later } from '../shared/later';
import { exportButton } from './export';
import { Viewer } from './viewer';
import { button, phrases, put, relabel, text } from './words';

/** Asks what the photo should show, and asks the patient for it. */
class Request {
  readonly button = button('request-photo', 'request', '', () => this.toggle(), ICONS.photo());
  readonly root = make('section', 'request');
  private readonly title = text('h2', 'requestWhat');

  constructor(private readonly ask: (view: View) => void) {
    this.root.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    const choices = VIEWS.map(view =>
      shared.button(`request-${view}`, `view-${view}`, 'choice', () => {
        this.ask(view);
        this.toggle(false);
      }),
    );
    this.root.append(this.title, ...choices);
    onKey(this.root, 'Escape', () => this.toggle(false));
  }

  enable(enabled: boolean): void {
    this.button.disabled = !enabled;
    if (!enabled) this.root.hidden = true;
  }

  private toggle(open = this.root.hidden): void {
    this.root.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    (open ? this.root.querySelector('button') : this.button)?.focus();
  }
}

/** Leads to a page of its own: link, sign for the camera, messages and the card (docs/protocol.md, "The invitation"). */
function invitation(): HTMLAnchorElement {
  const link = text('a', 'invite', 'chip');
  link.href = `${location.pathname}/invite?l=${phrases.language.code}`;
  link.target = '_blank';
  link.rel = 'noopener';
  link.dataset['testid'] = 'invite';
  return link;
}

const CALLED_MS = 5_000;

/** The patient's pages ring: now, or when the patient comes back. */
function callButton(host: Host): HTMLButtonElement {
  const call: HTMLButtonElement = button(
    'call-patient',
    'callPatient',
    'chip',
    () => {
      host.put('{"t":"ring"}');
      call.disabled = true;
      relabel(call, 'patientCalled');
      setTimeout(() => {
        call.disabled = false;
        relabel(call, 'callPatient');
      }, CALLED_MS);
    },
    BELL(),
  );
  return call;
}

export function begin(host: Host): Promise<Later> {
  const stage = byId('remote').parentElement as HTMLElement;
  shared.phrases.add({ code: 'ur', dir: 'rtl', texts: besideUr });
  phrases.choose(host.languages());
  return Side.open(host, stage, side => {
    const viewer = new Viewer(side);
    const request = new Request(view => {
      side.ask(view);
      side.panel.toggle(true, false);
    });
    byId('end').before(request.button, side.noting.button, side.panel.button);
    side.panel.closeButton.before(exportButton(host.token));
    const invite = invitation();
    const bell = new Bell((says, act) => {
      put(says, 'patientCalls');
      put(act, 'here');
    });
    const call = callButton(host);
    byId('admit').after(invite, call);
    stage.append(bell.root);
    stage.append(request.root, viewer.root);
    document.documentElement.dataset['side'] = '1';
    return {
      acts: { openPhoto: id => viewer.open(id) },
      news: entry => {
        if (entry.k === 'msg' || entry.k === 'photo' || entry.k === 'note') side.panel.toggle(true, false);
      },
      front: front => {
        if (front.t === 'ring') bell.ring();
      },
      render: now => {
        if (now.inCall || now.over) bell.stop();
        call.hidden = now.inCall || now.over !== undefined;
        request.enable(now.inCall);
        invite.hidden = now.inCall || now.over !== undefined;
        viewer.render();
      },
    };
  });
}
