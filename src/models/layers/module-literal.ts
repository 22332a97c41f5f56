/**
 * Reads the value that a minified CommonJS bundle exports: one object or text literal. The bundle is data to us and is
 * never run. Throws a RangeError when there is no such export, and a SyntaxError when the literal holds code.
 */
export function readExportedLiteral(bundle: string): unknown {
  const literal = /\.exports=([{"].*[}"])\},\{\}\]\},\{\},\[1\]\)/s.exec(bundle)?.[1];
  if (literal === undefined) throw new RangeError("The bundle exports no literal.");
  return JSON.parse(toJson(literal));
}

/** Texts, shortened booleans, names of members, and numbers: all that a minifier writes differently from JSON. */
const TOKEN =
  /("(?:[^"\\]|\\.)*")|!([01])|([A-Za-z_$][\w$]*)(?=:)|(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/gi;

function toJson(literal: string): string {
  return literal.replace(
    TOKEN,
    (_, text?: string, negated?: string, name?: string, number = "") => {
      if (text !== undefined) return text;
      if (negated !== undefined) return String(negated === "0");
      return name === undefined ? String(Number(number)) : JSON.stringify(name);
    },
  );
}
