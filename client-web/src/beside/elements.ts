// Small elements, and drawings that words stand beside.

/** An element with a class and children; the text of `key` comes with its language. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing that says nothing to a screen reader: words stand beside it. */
export function drawing(viewBox: string, markup: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(
    `<svg xmlns="${SVG}" viewBox="${viewBox}">${markup}</svg>`,
    'image/svg+xml',
  );
  const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

/** A handler that answered false would swallow every other key. */
export function onKey(element: HTMLElement, key: 'Escape' | 'Enter', act: () => void): void {
  element.addEventListener('keydown', e => {
    if (e.key === key && !e.isComposing) act();
  });
}

export const ICONS = {
  photo: (): SVGSVGElement =>
    drawing(
      '0 0 24 24',
      '<path d="M9 4L7.500 6H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-3.500L15 4zm3 4.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z"/>',
    ),
  note: (): SVGSVGElement =>
    drawing(
      '0 0 24 24',
      '<path d="M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/><circle cx="12" cy="10.500" r="4" fill="#c8321f"/>',
    ),
  list: (): SVGSVGElement =>
    drawing(
      '0 0 24 24',
      '<path d="M4 4h16v12H9l-5 4z"/><path d="M7 8h10M7 11.500h7" stroke="#0b7a75" stroke-width="1.600"/>',
    ),
} as const;
