// The engineer's page: one JSON call every two seconds, with the operator key as a header.
import { keyed } from '../shared/keyed';
import { History } from './model';
import type { Live } from './model';
import { patch, tree } from './view';

let history = new History();

keyed<Live>({
  address: '/api/ops',
  storage: 'raabta.operator-key',
  texts: {
    wanted: 'This page needs the operator key.',
    wrong: 'That is not the operator key.',
    guesses: 'Too many wrong keys from this address: wait a minute.',
    looking: 'Looking …',
    old: 'The server does not answer: these figures are old.',
  },
  show(live, at) {
    history.add(live);
    patch(at, tree(live, history));
    const people = live.consults.length + live.more;
    return `${people} ${people === 1 ? 'consultation' : 'consultations'}, refreshed every two seconds`;
  },
  forget() {
    history = new History();
  },
});
