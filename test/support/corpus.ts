import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";

/** What `node:test` calls. */
type Run = (t: TestContext) => Promise<void> | void;

/** A numbered list of cases that is to be tried completely. */
export interface Corpus {
  /** Declares a test; a name that begins with a row's id, such as `A-07`, counts for that row. */
  readonly test: (name: string, run: Run) => void;
  /** Declares the last test: it prints how many cases each row has, and fails when a row has none. */
  readonly report: () => void;
}

/** Makes a corpus of the rows `letter`-01 to `letter`-`rows`; `leftOut` says why a row has no case here. */
export function createCorpus(
  letter: string,
  rows: number,
  leftOut: Readonly<Record<string, string>> = {},
): Corpus {
  const ids = Array.from({ length: rows }, (_, i) => `${letter}-${String(i + 1).padStart(2, "0")}`);
  const counts = new Map(ids.map((id) => [id, 0]));
  return {
    test(name, run) {
      const id = name.slice(0, ids[0]!.length);
      if (counts.has(id)) counts.set(id, counts.get(id)! + 1);
      test(name, run);
    },
    report() {
      test(`the rows ${ids[0]} to ${ids.at(-1)} have their cases`, (t) => {
        for (const [id, count] of counts) t.diagnostic(`${id}  ${leftOut[id] ?? count}`);
        const cases = [...counts.values()].reduce((sum, count) => sum + count, 0);
        t.diagnostic(`${cases} cases in ${rows} rows`);
        const empty = ids.filter((id) => counts.get(id) === 0);
        assert.deepEqual(empty, Object.keys(leftOut));
      });
    },
  };
}
