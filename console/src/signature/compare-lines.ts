/** One line of a text that both sides have computed; undefined where a side has no such line. */
export interface ComparedLine {
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
  readonly isSame: boolean;
}

/**
 * Puts two texts of the same form beside each other. Lines that both have stand in one row, what differs between them
 * is paired from above.
 */
export function compareLines(ours: string, theirs: string): ComparedLine[] {
  const [a, b] = [ours.split("\n"), theirs.replace(/\r\n?/g, "\n").split("\n")];
  const lengths = commonLengths(a, b);
  const rows: ComparedLine[] = [];
  let [onlyOurs, onlyTheirs]: [string[], string[]] = [[], []];
  const flush = (): void => {
    for (let k = 0; k < Math.max(onlyOurs.length, onlyTheirs.length); k++) {
      rows.push({ ours: onlyOurs[k], theirs: onlyTheirs[k], isSame: false });
    }
    [onlyOurs, onlyTheirs] = [[], []];
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      flush();
      rows.push({ ours: a[i++], theirs: b[j++], isSame: true });
    } else if (j >= b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      onlyOurs.push(a[i++]!);
    } else {
      onlyTheirs.push(b[j++]!);
    }
  }
  flush();
  return rows;
}

/** Returns the length of the longest common subsequence of every end of `a` and every end of `b`. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        a[i] === b[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}
