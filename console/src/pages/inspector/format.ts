import type { Language } from "../../i18n/language.ts";

/** Writes a size for people: `31 KB`. */
export function sizeText(bytes: number | undefined): string {
  if (bytes === undefined) return "–";
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Writes a duration for people: `25 ms`, `1.2 s`. */
export function durationText(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}

/** Writes the time of day of a Unix time in ms. */
export function timeText(atMs: number, language: Language): string {
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  return new Date(atMs).toLocaleTimeString(locale, { hour12: false });
}
