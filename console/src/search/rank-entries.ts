import type { EntryKind, SearchEntry } from "./search-entry.ts";

/** How much a kind is worth beside an equal match of another. */
const KIND_WEIGHTS: Readonly<Record<EntryKind, number>> = {
  page: 12,
  action: 10,
  error: 6,
  parameter: 5,
  setting: 4,
  section: 2,
  reference: 0,
};

const MAX_RESULTS = 40;

/**
 * Returns the entries that match every word of a query, the best first. A word matches a title whole, at its start, at
 * the start of a part (`Radio` in `WarpRadio`), inside, or with gaps; or it stands in the text.
 */
export function rankEntries(entries: readonly SearchEntry[], query: string): SearchEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return entries
    .map((entry, at) => ({ entry, at, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, MAX_RESULTS)
    .map(({ entry }) => entry);
}

function scoreOf(entry: SearchEntry, words: readonly string[]): number {
  const title = entry.title.toLowerCase();
  const context = entry.context.toLowerCase();
  const text = entry.text.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const score = Math.max(
      titleScore(entry.title, title, word),
      context.includes(word) ? 12 : 0,
      textScore(text, word),
    );
    if (score === 0) return 0;
    sum += score;
  }
  // Of two titles that begin alike the shorter is the closer one.
  return sum / words.length + KIND_WEIGHTS[entry.kind] - Math.min(title.length, 40) / 20;
}

function titleScore(title: string, lower: string, word: string): number {
  if (lower === word) return 100;
  // The own name of a parameter or an error, at the end of its path.
  const ownName = lower.slice(lower.lastIndexOf(".") + 1);
  if (ownName === word) return 97;
  const at = lower.indexOf(word);
  if (at === 0) return 70;
  if (ownName.startsWith(word)) return 68;
  if (at > 0) return startsPart(title, at) ? 55 : 35;
  return word.length >= 3 && hasInOrder(lower, word) ? 10 : 0;
}

/** True behind a separator and at a capital after a small letter. */
function startsPart(title: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(title[at - 1]!) || /\p{Ll}\p{Lu}/u.test(title.slice(at - 1, at + 1));
}

function hasInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

function textScore(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!) ? 20 : 9;
}
