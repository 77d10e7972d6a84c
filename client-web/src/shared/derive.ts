// The server's ICE credentials of this page, derived from the link's token so that they never travel
// (docs/protocol.md, "ICE credentials").
import { base64, base64Url, randomText } from './base64';

export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

/** Generations are two base-36 digits. */
export const MAX_GENERATION = 36 * 36 - 1;

const ascii = new TextEncoder();

async function hmacBase64(token: string, message: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', ascii.encode(token), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, ascii.encode(message)));
  return base64(mac);
}

/** The credentials of one generation: 0 for the first transport, the next for each ICE restart or new peer connection. */
export async function deriveIce(token: string, instance: string, gen: number): Promise<IceCredentials> {
  const base = (await hmacBase64(token, `raabta ufrag ${instance}`)).slice(0, 8);
  const pwd = (await hmacBase64(token, `raabta pwd ${instance} ${gen}`)).slice(0, 24);
  return { ufrag: base + gen.toString(36).padStart(2, '0'), pwd };
}

/** Names this page's life: one instance is one leg. 48 random bits as 8 base64url characters. */
export function drawInstance(): string {
  return randomText(6);
}

/** SHA-256 of a text as base64url. */
export async function textHash(text: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', ascii.encode(text))));
}
