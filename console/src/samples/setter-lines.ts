import type { SampleObject, SampleValue } from "./sample-value.ts";

/** How a language with setters makes and fills an object. */
export interface SetterStyle {
  /** A statement that makes an empty object. */
  make(type: string, name: string): string;
  /** A statement that sets a member to an expression. */
  set(name: string, member: string, expression: string): string;
  /** The expression of a list of objects, which are variables. */
  list(type: string, names: readonly string[]): string;
  /** The expression of anything that is neither object nor list. */
  plain(value: Exclude<SampleValue, { kind: "object" | "list" }>): string;
}

/** Returns the statements that make `variable` with all members of `value`, innermost objects first. */
export function setterLines(value: SampleObject, variable: string, style: SetterStyle): string[] {
  const used = new Map<string, number>();
  return linesOf(value, variable);

  function linesOf(object: SampleObject, name: string): string[] {
    const before: string[] = [];
    const sets = object.members.map(([member, inner]) => {
      return style.set(name, member, expressionOf(member, inner, before));
    });
    return [...before, style.make(object.type, name), ...sets];
  }

  function expressionOf(member: string, inner: SampleValue, before: string[]): string {
    if (inner.kind === "object") {
      const name = fresh(member);
      before.push(...linesOf(inner, name), "");
      return name;
    }
    if (inner.kind !== "list") return style.plain(inner);
    const names = inner.items.map((item) => expressionOf(inner.type, item, before));
    return style.list(inner.type, names);
  }

  function fresh(member: string): string {
    const name = member[0]!.toLowerCase() + member.slice(1);
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return count === 1 ? name : `${name}${count}`;
  }
}
