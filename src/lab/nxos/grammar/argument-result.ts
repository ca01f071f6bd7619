/**
 * What an argument type makes of a word: the canonical text and how many words it took; `null` = not of this shape;
 * `error` = of this shape, but not a legal value (the text that stands before "at '^' marker.").
 */
export type ArgumentResult = { readonly text: string; readonly used: number } | { readonly error: string } | null
