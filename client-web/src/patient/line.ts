// The patient's place in the waiting line: a large numeral where the doctor's picture was, spoken; where the doctor is; a bell.
import { Bell, BELL } from '../beside/bell';
import type { Front } from '../beside/front';
import { make } from '../beside/elements';
import { lineEn, type LineKey } from '../messages/line.en';
import { byId, say, show } from '../shared/dom';
import { Phrases } from '../shared/i18n';
import type { Host, Now } from '../shared/later';

export const phrases = new Phrases<LineKey>({ code: 'en', dir: 'ltr', texts: lineEn }, []);

/** Numbers that are spoken; further back nobody counts. */
const MOST_SPOKEN = 9;
const CALLED_MS = 15_000;

/** Told to what speaks the screens (src/patient/extras.ts), which may not be there yet: it finds the last of it. */
function speak(prompt: string): void {
  document.documentElement.dataset['news'] = prompt;
  document.dispatchEvent(new Event('raabta-news'));
}

export class Line {
  private readonly numeral = make('p', 'numeral');
  private readonly place = make('p');
  private readonly doctor = make('p');
  private readonly who = make('div', 'who');
  private readonly name = make('bdi');
  private readonly whose = make('span');
  private readonly answers: readonly (readonly [HTMLButtonElement, 'yes' | 'no'])[];
  private readonly call = make('button', 'bell');
  private readonly callText = make('span');
  private readonly bell = new Bell((says, act) => {
    say(says, phrases, 'calling');
    say(act, phrases, 'here');
  });
  private at: (Front & { t: 'place' }) | undefined;
  private called = false;
  private waits = false;

  constructor(
    private readonly host: Host,
    room: HTMLElement,
  ) {
    this.numeral.dataset['testid'] = 'place';
    this.numeral.setAttribute('aria-hidden', 'true');
    this.call.type = 'button';
    this.call.dataset['testid'] = 'call-doctor';
    this.call.append(make('i', '', BELL()), this.callText);
    this.call.onclick = () => this.callDoctor();
    this.answers = (['yes', 'no'] as const).map(key => {
      const answer = make('button', key);
      answer.type = 'button';
      answer.dataset['testid'] = `name-${key}`;
      answer.onclick = () => this.host.put(JSON.stringify({ t: 'named', right: key === 'yes' }));
      return [answer, key] as const;
    });
    this.who.dataset['testid'] = 'whose-name';
    this.who.append(this.name, this.whose, ...this.answers.map(([answer]) => answer));
    const stand = byId('stand');
    stand.querySelector('.calm')?.append(this.numeral);
    byId('r-hint').after(this.place, this.doctor, this.who, this.call);
    this.place.setAttribute('role', 'status');
    this.doctor.setAttribute('role', 'status');
    this.place.className = this.doctor.className = 'place';
    room.append(this.bell.root);
    // Nothing of it is seen before there is a place to show, and no button without its words.
    this.render();
  }

  heard(front: Front): void {
    if (front.t === 'ring') {
      this.bell.ring();
      speak('calling');
    } else if (front.t === 'place') {
      const before = this.at;
      this.at = front;
      if (before?.doc !== front.doc) this.called = false;
      if (front.name && !before?.name) speak('whose');
      const counted = before?.n !== front.n || before.name;
      if (!front.name && counted && front.n <= MOST_SPOKEN) speak(`place-${front.n}`);
      if (front.doc === 'away' && before?.doc !== 'away') speak('doctorOut');
      if (front.doc === 'here' && before?.doc === 'away') speak('doctorBack');
    }
    this.render();
  }

  update(now: Now): void {
    this.waits = now.here && !now.inCall && !now.over;
    if (!this.waits) this.at = undefined;
    if (now.inCall || now.over) this.bell.stop();
    this.render();
  }

  private callDoctor(): void {
    this.host.put('{"t":"ring"}');
    this.called = true;
    this.render();
    setTimeout(() => {
      this.called = false;
      this.render();
    }, CALLED_MS);
  }

  private render(): void {
    const at = this.waits ? this.at : undefined;
    byId('stand').classList.toggle('numbered', at !== undefined);
    show(this.numeral, at !== undefined);
    show(this.place, at !== undefined);
    show(this.doctor, at?.doc === 'away' || this.called);
    const name = at?.name;
    byId('stand').classList.toggle('asking', name !== undefined);
    show(this.who, name !== undefined);
    if (this.name.textContent !== (name ?? '')) this.name.textContent = name ?? '';
    say(this.whose, phrases, 'whose');
    for (const [answer, key] of this.answers) say(answer, phrases, key);
    // One question at a time.
    show(this.call, this.waits && name === undefined);
    this.call.disabled = this.called;
    say(this.callText, phrases, 'call');
    if (at) {
      const n = at.n.toLocaleString(phrases.language.code);
      if (this.numeral.textContent !== n) this.numeral.textContent = n;
      say(this.place, phrases, at.n === 1 ? 'next' : 'number', { n });
    }
    say(this.doctor, phrases, this.called ? 'called' : 'doctorOut');
  }
}
