/** @see languages.mjs */
export function complaints(
  file: string,
  texts: Readonly<Record<string, string>>,
  english: Readonly<Record<string, string>>,
): string[];

export interface PageTexts {
  readonly code: string;
  readonly name: string;
  readonly dir: string;
  readonly texts: Readonly<Record<string, string>>;
}
export function languages(page: string, codes?: readonly string[]): Promise<PageTexts[]>;
