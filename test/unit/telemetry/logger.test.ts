import assert from "node:assert/strict";
import test from "node:test";
import { createLogger, maskedId } from "../../../src/telemetry/logger.ts";

function linesOf(write: (logger: ReturnType<typeof createLogger>) => void, level = "info") {
  const lines: string[] = [];
  write(createLogger(level, { write: (line) => lines.push(line) }));
  return lines;
}

test("a line is one JSON object with level, time and a fixed sentence", () => {
  const [line] = linesOf((logger) => logger.info({ code: "a\nb\u001b[31m" }, "Request answered"));
  const { level, time, code, message } = JSON.parse(line!);
  assert.deepEqual([level, code, message], ["info", "a\nb\u001b[31m", "Request answered"]);
  assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.equal(line!.indexOf("\n"), line!.length - 1);
});

test("secrets are blanked wherever they are put", () => {
  const [line] = linesOf((logger) =>
    logger.info(
      { secretKey: "canary1", details: { signature: "canary2", url: "http://x/?canary3" } },
      "Slip",
    ),
  );
  assert.doesNotMatch(line!, /canary/);
});

test("lines below the level are not written", () => {
  assert.deepEqual(
    linesOf((logger) => logger.info({}, "x"), "warn"),
    [],
  );
});

test("an error is written with its cause", () => {
  const error = new Error("outer", { cause: new Error("inner") });
  const [line] = linesOf((logger) => logger.error({ error }, "Request failed"));
  assert.match(line!, /outer/);
  assert.match(line!, /inner/);
});

test("a SecretId is shortened for the log", () => {
  assert.equal(maskedId("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"), "AKIDz8kr...");
});
