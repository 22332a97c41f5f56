import assert from "node:assert/strict";
import test from "node:test";
import { createRetentionStatement } from "../../../src/privacy/retention-statement.ts";

const FACTS = {
  operator: "Example Studio",
  contact: "privacy@example.com",
  deadlineMs: 30_000,
  resultTtlSeconds: 86_400,
  fuseFaceResultTtlSeconds: 7 * 86_400,
  sweepSeconds: 600,
  audit: { keepDays: 190, clientAddress: "network" },
  moderationService: undefined,
  consoleMemory: "none",
} as const;

test("says of each kind of data how long it is kept at most", () => {
  const { entries } = createRetentionStatement(FACTS);
  const seconds = entries.map(({ maxSeconds }) => maxSeconds);
  assert.deepEqual(seconds, [30, 30, 30, 7 * 86_400 + 600, undefined, 190 * 86_400]);
});

test("says it in two languages, with the numbers of the settings", () => {
  const { summary } = createRetentionStatement(FACTS);
  assert.match(summary.en, /at most 30 seconds.*at most 168\.2 hours.*190 days/);
  assert.match(summary.zh, /最长30秒.*168\.2小时.*190天/);
});

test("names who is sent pictures, and what of the caller's address is kept", () => {
  const asked = createRetentionStatement({ ...FACTS, moderationService: "picture" });
  assert.match(asked.recipients.join(), /pictures and results/);
  assert.deepEqual(createRetentionStatement(FACTS).recipients, []);
  assert.match(JSON.stringify(createRetentionStatement(FACTS)), /\/24 or \/48/);
});

test("without an audit trail nothing is kept of calls", () => {
  const { entries } = createRetentionStatement({ ...FACTS, audit: undefined });
  assert.equal(entries.at(-1)?.maxSeconds, 0);
});

test("what the console remembers is told, and pictures first of all", () => {
  const figures = createRetentionStatement({ ...FACTS, consoleMemory: "figures" });
  assert.match(figures.entries.at(-1)!.data, /no content/);
  assert.doesNotMatch(figures.summary.en, /development/);
  const pictures = createRetentionStatement({ ...FACTS, consoleMemory: "pictures" });
  assert.match(pictures.entries.at(-1)!.data, /pictures of the last calls/);
  assert.match(pictures.summary.en, /^For development, this server keeps the pictures/);
  assert.match(pictures.summary.zh, /^为便于开发/);
});
