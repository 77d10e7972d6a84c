// What the talk has cost so far, in megabytes and rupees, and the most that the person lets it cost.
import type { Front } from '../beside/front';
import { make, onKey } from '../beside/elements';
import { say, show } from '../shared/dom';
import type { Host } from '../shared/later';
import { phrases } from './line';

/** Less is nothing that anybody pays for. */
const LEAST_KB = 10;
const LIMITS_MB = [1, 2, 5, 10, 25];

export class Data {
  private readonly chip = make('button', 'data');
  private readonly reached = make('p', 'data reached');
  private readonly sheet = make('section', 'limits');
  private readonly title = make('h2');
  private readonly hint = make('p');
  private readonly choices: [HTMLButtonElement, number | undefined][];
  private used: (Front & { t: 'used' }) | undefined;

  constructor(
    private readonly host: Host,
    room: HTMLElement,
  ) {
    this.chip.type = 'button';
    this.chip.dataset['testid'] = 'data';
    this.chip.setAttribute('aria-expanded', 'false');
    this.chip.hidden = this.reached.hidden = this.sheet.hidden = true;
    this.chip.onclick = () => this.open(this.sheet.hidden === true);
    this.reached.setAttribute('role', 'status');
    this.title.tabIndex = -1;
    this.choices = [...LIMITS_MB, undefined].map(mb => {
      const choice = make('button', 'choice');
      choice.type = 'button';
      choice.dataset['testid'] = `limit-${mb ?? 'none'}`;
      choice.onclick = () => this.choose(mb);
      return [choice, mb];
    });
    this.sheet.append(this.title, this.hint, ...this.choices.map(([choice]) => choice));
    onKey(this.sheet, 'Escape', () => this.open(false));
    room.append(this.chip, this.reached, this.sheet);
  }

  heard(front: Front): void {
    if (front.t !== 'used') return;
    this.used = front;
    this.render();
  }

  render(): void {
    const { used } = this;
    show(this.chip, used !== undefined && used.kb >= LEAST_KB);
    if (!used) return;
    const mb = used.kb / 1000;
    say(this.chip, phrases, ...this.priced(mb, 1));
    show(this.reached, used.max !== undefined && mb >= used.max);
    say(this.reached, phrases, 'reached');
    say(this.title, phrases, 'limit');
    say(this.hint, phrases, 'limitHint');
    for (const [choice, limit] of this.choices) {
      if (limit === undefined) say(choice, phrases, 'noLimit');
      else say(choice, phrases, ...this.priced(limit, 0));
      choice.setAttribute('aria-pressed', String(limit === used.max));
    }
  }

  private priced(mb: number, digits: number): ['used' | 'usedPaid', Readonly<Record<string, string>>] {
    const price = this.used?.price;
    const { code } = phrases.language;
    const figure = (v: number, most: number): string => v.toLocaleString(code, { maximumFractionDigits: most });
    // Isolated: figure and unit stay in their order among letters from the right.
    const size = `\u2066${figure(mb, digits)} MB\u2069`;
    if (price === undefined) return ['used', { mb: size }];
    return ['usedPaid', { mb: size, rs: figure(mb * price, price < 1 ? 1 : 0) }];
  }

  private choose(mb: number | undefined): void {
    this.host.put(JSON.stringify({ t: 'ceiling', ...(mb === undefined ? {} : { mb }) }));
    this.open(false);
  }

  private open(open: boolean): void {
    this.sheet.hidden = !open;
    this.chip.setAttribute('aria-expanded', String(open));
    (open ? this.title : this.chip).focus();
  }
}
