import { useStore } from "../state/store.ts";
import { type Language, language } from "./language.ts";

/** One text in both languages. */
export type Text = Readonly<Record<Language, string>>;

/** Texts by name, as a page declares them. */
export type Texts = Readonly<Record<string, Text>>;

/** Returns the texts in the language that is shown, and renders again when it changes. */
export function useTexts<T extends Texts>(texts: T): { readonly [K in keyof T]: string } {
  const shown = useStore(language);
  const entries = Object.entries(texts).map(([name, text]) => [name, text[shown]]);
  return Object.fromEntries(entries) as { [K in keyof T]: string };
}

/** Replaces `{name}` in a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
