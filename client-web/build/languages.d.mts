/** @see languages.mjs */
export function complaints(
  file: string,
  texts: Readonly<Record<string, string>>,
  english: Readonly<Record<string, string>>,
): string[];
