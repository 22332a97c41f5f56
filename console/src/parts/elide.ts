/** Texts longer than this are pictures or a mistake. */
const MAX_SHOWN_CHARACTERS = 200;

/** Returns a value with long texts cut to their beginning and length, for people to read. */
export function elide(value: unknown): unknown {
  if (typeof value === "string") {
    if (value.length <= MAX_SHOWN_CHARACTERS) return value;
    return `${value.slice(0, 40)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map(elide);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, elide(member)]));
}

/** JSON of {@link elide}, indented. */
export function elidedJson(value: unknown): string {
  return JSON.stringify(elide(value), undefined, 2);
}
