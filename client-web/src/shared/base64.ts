// Bytes as text (RFC 4648, sections 4 and 5).

export function base64(bytes: Iterable<number>): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Without padding. */
export function base64Url(bytes: Iterable<number>): string {
  return base64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** So many random bytes, as base64url: 4 characters for 3 bytes. */
export function randomText(bytes: number): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(bytes)));
}
