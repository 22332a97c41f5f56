/** Languages of the default text. */
export const LABEL_LANGUAGES = ["zh", "en"] as const;

/** A language of the default text. */
export type LabelLanguage = (typeof LABEL_LANGUAGES)[number];

/** The default text in one language and how it is measured; lengths in em. */
export interface LabelText {
  /** On one line, or cut where the sentence breathes. */
  readonly wrappings: readonly [readonly [string], readonly [string, string]];
  /** Ink above and below the baseline. */
  readonly above: number;
  readonly below: number;
  /** What counts as a character's height: a Chinese character's ink, a capital letter. */
  readonly character: number;
  /** Size of an em in parts of the short side. */
  readonly ofShortSide: number;
}

/**
 * GB 45438-2025 asks for characters of at least 5 % of the short side: 0.06 em leaves 5.5 % of Chinese ink, 0.07 em
 * 5.1 % of a capital letter. The English words are those of the original's international site.
 */
export const LABEL_TEXTS: Readonly<Record<LabelLanguage, LabelText>> = {
  zh: {
    wrappings: [["本图片为AI合成图片"], ["本图片为", "AI合成图片"]],
    ...{ above: 0.85, below: 0.09, character: 0.92, ofShortSide: 0.06 },
  },
  en: {
    wrappings: [["Synthesized by AI"], ["Synthesized", "by AI"]],
    ...{ above: 0.8, below: 0.23, character: 0.737, ofShortSide: 0.07 },
  },
};
