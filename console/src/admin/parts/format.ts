import { language } from "../../i18n/language.ts";

const tag = (): string => (language.get() === "zh" ? "zh-CN" : "en-GB");

/** Writes a time as people of the shown language do, in their own zone. */
export function formatTime(iso: string): string {
  return new Date(iso).toLocaleString(tag(), { dateStyle: "medium", timeStyle: "short" });
}

/** Writes a number with separators; null is a dash. */
export function formatNumber(value: number | null): string {
  return value === null ? "–" : value.toLocaleString(tag());
}

/** Writes a number of bytes. */
export function formatBytes(bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString(tag(), { maximumFractionDigits: 1 })} ${["B", "KiB", "MiB", "GiB", "TiB"][power]}`;
}
