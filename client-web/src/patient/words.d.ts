/** The language that this page came with: the build makes one page for each, and has checked its keys. */
declare module 'raabta:words' {
  export const code: string;
  export const dir: 'ltr' | 'rtl';
  export const texts: Readonly<Record<string, string>>;
}
