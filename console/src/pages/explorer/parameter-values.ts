/** Names and numbers on the way to a parameter: `["MergeInfos", 0, "Url"]`. */
export type Path = readonly (string | number)[];

/** Returns the value at a path; undefined where there is none. */
export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null) return undefined;
    return (value as Readonly<Record<string | number, unknown>>)[step];
  }, values);
}

/**
 * Returns the values with another one at a path; undefined takes it away. Objects and lists on the way are made where
 * they are missing.
 */
export function withValue(values: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  return typeof step === "number"
    ? withItem(values, step, rest, value)
    : withMember(values, step, rest, value);
}

function withItem(values: unknown, index: number, rest: Path, value: unknown): unknown {
  const list = Array.isArray(values) ? values : [];
  if (rest.length === 0 && value === undefined) return list.toSpliced(index, 1);
  return list.toSpliced(index, 1, withValue(list[index], rest, value));
}

function withMember(values: unknown, name: string, rest: Path, value: unknown): unknown {
  const object = isObject(values) ? values : {};
  const { [name]: old, ...others } = object;
  if (rest.length === 0 && value === undefined) return others;
  return { ...object, [name]: withValue(old, rest, value) };
}

/** Tells an object from lists and other values. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `MergeInfos.N.Url`, as the documents write a path. */
export function documentedName(path: Path): string {
  return path.map((step) => (typeof step === "number" ? "N" : step)).join(".");
}
