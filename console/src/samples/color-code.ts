/** A piece of code and what it is, for its colour. */
export interface CodePiece {
  readonly kind: "plain" | "comment" | "text" | "number";
  readonly text: string;
}

/** Languages whose comments begin with `#`; in the others that begins an include, and `//` a comment. */
const HASH_COMMENTS: ReadonlySet<string> = new Set(["python", "ruby", "tccli", "curl"]);

const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/;
const NUMBER = /(?<![\w.])\d+(?:\.\d+)?[fL]?(?![\w.])/;

/** Takes code apart into comments, texts, numbers and the rest; joined, the pieces are the code. */
export function colorCode(code: string, languageId: string): CodePiece[] {
  const comment = HASH_COMMENTS.has(languageId) ? /(?<![\w$])#.*/ : /(?<!:)\/\/.*/;
  const form = new RegExp(`(${TEXT.source})|(${comment.source})|(${NUMBER.source})`, "g");
  const pieces: CodePiece[] = [];
  let from = 0;
  for (const found of code.matchAll(form)) {
    const [text, quoted, remark] = found;
    if (found.index > from) pieces.push({ kind: "plain", text: code.slice(from, found.index) });
    const kind = quoted !== undefined ? "text" : remark !== undefined ? "comment" : "number";
    pieces.push({ kind, text });
    from = found.index + text.length;
  }
  if (from < code.length) pieces.push({ kind: "plain", text: code.slice(from) });
  return pieces;
}
