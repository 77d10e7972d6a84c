// What a page can read off its own link (docs/protocol.md, "Links and tokens").
import type { Role } from './protocol';

const VERSION = 1;
const ROLES: readonly Role[] = ['patient', 'doctor', 'guest'];

/** The token in a path such as `/c/<token>`. */
export function tokenOf(path: string): string {
  return path.split('/').pop() ?? '';
}

/**
 * Whose link it is, or undefined where it is none. A page of another role must not even open the socket: it would take
 * over from the page that the link belongs to.
 */
export function roleOf(token: string): Role | undefined {
  if (!/^[\w-]{43}$/.test(token)) return undefined;
  const first = atob(token.slice(0, 4).replace(/-/g, '+').replace(/_/g, '/')).charCodeAt(0);
  return first >> 4 === VERSION ? ROLES[first & 15] : undefined;
}
