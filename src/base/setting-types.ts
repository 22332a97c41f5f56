import { z } from "zod";

/** A whole number in `min`..`max`, written in decimal digits. */
export function integerSetting(min: number, max: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `a whole number from ${min} to ${max}`);
}

/** `true` or `false`, `1` or `0`, `yes` or `no`. */
export function switchSetting(): z.ZodType<boolean> {
  return z.stringbool({
    truthy: ["true", "1", "yes"],
    falsy: ["false", "0", "no"],
    error: "true or false",
  });
}

/** One of the given words. */
export function wordSetting<const W extends readonly [string, ...string[]]>(
  words: W,
): z.ZodType<W[number]> {
  return z.enum(words, `one of ${words.join(", ")}`);
}

/** Text that is not empty. */
export function textSetting(pattern = /^.+$/s, allowed = "some text"): z.ZodType<string> {
  return z.string().regex(pattern, allowed);
}

/** One or several of the given words, separated by commas. */
export function wordsSetting<const W extends readonly string[]>(
  words: W,
): z.ZodType<readonly W[number][]> {
  const allowed = `${words.join(", ")} or several of them`;
  return z
    .string()
    .transform((text) => text.split(",").map((entry) => entry.trim()))
    .refine((entries) => entries.every((entry) => words.includes(entry)), allowed)
    .transform((entries) => words.filter((word) => entries.includes(word)));
}

/** Several texts, separated by commas; blanks around them do not count. */
export function listSetting(pattern: RegExp, allowed: string): z.ZodType<readonly string[]> {
  return z
    .string()
    .transform((text) => text.split(",").map((entry) => entry.trim()))
    .transform((entries) => entries.filter((entry) => entry !== ""))
    .refine((entries) => entries.every((entry) => pattern.test(entry)), allowed);
}

/** Keys that are printed in documents, where everybody can read them. */
const KNOWN_SECRETS = ["Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3Cozk1qA"];

/** Fewer different characters than this are typed, not made at random. */
const MIN_DIFFERENT = 8;

/** A secret of at least `minLength` printable characters that is neither known nor easily guessed. */
export function secretSetting(minLength: number): z.ZodType<string> {
  const allowed = `${minLength} to 256 printable ASCII characters without blanks, at random`;
  return z
    .string()
    .regex(new RegExp(`^[!-~]{${minLength},256}$`), allowed)
    .refine((text) => new Set(text.toLowerCase()).size >= MIN_DIFFERENT, allowed)
    .refine((text) => !/change.?me|password|secret.?key/i.test(text), allowed)
    .refine((text) => !KNOWN_SECRETS.includes(text), "a key that is not printed in any document");
}
