// The sheet with the time line and the field to write in. The same on both pages.
import type { Desk } from './desk';
import type { NotePlayer } from './noteplayer';
import { entryRow, offerRow, rowKey, unsentRow, type Row, type RowActs } from './rows';
import { ICONS, make, onKey } from './elements';
import { button, put, relabel, text, words } from './words';

const MOST_CHARACTERS = 1000;

export class Panel {
  readonly root = make('section', 'panel');
  /** Opens and closes the sheet, and says how much is new. */
  readonly button: HTMLButtonElement;
  readonly closeButton: HTMLButtonElement;
  private readonly list = make('ol');
  private readonly empty = text('p', 'empty', 'empty');
  private readonly field = make('input');
  private readonly heading = text('h2', 'messages');
  private rows = new Map<string, Row>();
  private drawn = '';

  /**
   * @param leave takes the focus when the sheet is closed, if something wants it more than the sheet's own button
   * @param above what stands over the field: the recorder, what the mode of the call says
   */
  constructor(
    private readonly desk: Desk,
    private readonly player: NotePlayer,
    private readonly acts: RowActs,
    private readonly leave: () => boolean,
    above: readonly HTMLElement[],
  ) {
    this.button = button('messages', 'messages', '', () => this.toggle(), ICONS.list());
    this.button.setAttribute('aria-expanded', 'false');
    this.root.hidden = true;
    this.heading.tabIndex = -1;
    this.list.setAttribute('role', 'log');
    this.list.tabIndex = 0;
    this.closeButton = button('close-messages', 'close', 'plain', () => this.toggle(false));
    this.field.type = 'text';
    this.field.maxLength = MOST_CHARACTERS;
    this.field.dir = 'auto';
    this.field.autocomplete = 'off';
    this.field.enterKeyHint = 'send';
    this.field.dataset['testid'] = 'message-text';
    const send = button('send-message', 'send', 'primary-small', () => this.send());
    // No form: the page's policy lets none be submitted.
    onKey(this.field, 'Enter', () => this.send());
    onKey(this.root, 'Escape', () => this.toggle(false));
    this.root.append(
      make('header', '', this.heading, this.closeButton),
      this.empty,
      this.list,
      ...above,
      make('div', 'write', this.field, send),
    );
    document.addEventListener('visibilitychange', () => this.looked());
  }

  get open(): boolean {
    return !this.root.hidden;
  }

  /** @param focus false where the page opens it by itself while somebody does something else */
  toggle(open = !this.open, focus = true): void {
    if (open === this.open) return;
    this.root.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) this.drawn = '';
    this.render();
    this.looked();
    if (focus && (open || !this.leave())) (open ? this.heading : this.button).focus({ preventScroll: true });
    if (open) this.list.scrollTop = this.list.scrollHeight;
  }

  render(): void {
    const n = this.open ? 0 : this.desk.timeline.unseen(this.desk.host.role);
    relabel(this.button, n > 0 ? 'messagesNew' : 'messages', { n: String(n) });
    this.button.classList.toggle('new', n > 0);
    this.button.dataset['unseen'] = String(n);
    if (!this.open) return;
    put(this.heading, 'messages');
    this.field.placeholder = words('write');
    this.field.setAttribute('aria-label', words('write'));
    this.lines();
    for (const row of this.rows.values()) row.refresh();
  }

  private lines(): void {
    const { timeline } = this.desk;
    const [entries, offers, { unsent }] = [timeline.all(), this.desk.unannounced, timeline];
    const drawn = [
      ...entries.map(entry => rowKey(entry, this.desk)),
      ...offers.map(({ id }) => id),
      ...unsent.map(({ id }) => id),
    ].join('|');
    this.empty.hidden = drawn !== '';
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const rows = new Map<string, Row>();
    const take = (name: string, key: string, fresh: () => Row): HTMLElement => {
      const old = this.rows.get(name);
      const row = old?.key === key ? old : fresh();
      rows.set(name, row);
      return row.element;
    };
    const elements = [
      ...entries.map(each =>
        take(String(each.i), rowKey(each, this.desk), () => entryRow(each, this.desk, this.player, this.acts)),
      ),
      ...offers.map(each => take(each.id, `offer ${each.id}`, () => offerRow(each, this.desk))),
      ...unsent.map(unsentRow),
    ];
    this.rows = rows;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    // Elements that stay are not taken out: the focus may be in one.
    const wanted = new Set<Element>(elements);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    elements.forEach((element, i) => {
      if (this.list.children[i] !== element) this.list.insertBefore(element, this.list.children[i] ?? null);
    });
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  private looked(): void {
    this.desk.look(this.open && !document.hidden);
  }

  private send(): void {
    const said = this.field.value.trim();
    if (said === '') return;
    this.field.value = '';
    this.desk.write(said);
    this.list.scrollTop = this.list.scrollHeight;
  }
}
