import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { renderErrors } from "../../../scripts/render-errors.ts";
import { AppError } from "../../../src/base/app-error.ts";
import { toWireError, WIRE_ERRORS } from "../../../src/protocol/error-codes.ts";
import { missingParameter } from "../../../src/protocol/errors.ts";

const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");

test("docs/errors.md is what the tables make it", () => {
  assert.equal(page, renderErrors());
});

test("docs/errors.md and the table have the same codes and reasons, both ways", () => {
  const printed = [...page.matchAll(/^\| `([A-Z][\w.]+)` \|.*\| `([a-z-]+)` \|$/gm)].map(
    ([, code, reason]) => `${reason} ${code}`,
  );
  const known = Object.entries(WIRE_ERRORS).map(([reason, { code }]) => `${reason} ${code}`);
  assert.deepEqual(printed.toSorted(), known.toSorted());
});

test("every placeholder of an English text stands in the Chinese one too, but for free sentences", () => {
  const names = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
  const differing = Object.entries(WIRE_ERRORS)
    .filter(([, { en, zh }]) => names(en).join() !== names(zh).join())
    .map(([reason]) => reason);
  assert.deepEqual(differing, ["malformed-request", "version-unknown"]);
});

test("a gateway fault is told in the caller's language", () => {
  const error = missingParameter("Region");
  assert.deepEqual(toWireError(error, "en-US"), {
    Code: "MissingParameter",
    Message: "The request is missing a required parameter `Region`.",
  });
  assert.deepEqual(toWireError(error, "zh-CN"), {
    Code: "MissingParameter",
    Message: "请求缺少必传参数 `Region` 。",
  });
});

test("a fault of the fusion is told in Chinese whatever the language", () => {
  const error = new AppError("fusion-parameter-invalid", "out of range");
  const expected = {
    Code: "FailedOperation.ParameterValueError",
    Message: "FusionParam值不合法。",
  };
  assert.deepEqual(toWireError(error, "en-US"), expected);
  assert.deepEqual(toWireError(error, "zh-CN"), expected);
});

test("an unforeseen error tells nothing of itself", () => {
  const { Code, Message } = toWireError(new Error("secret /etc/passwd"), "en-US");
  assert.equal(Code, "InternalError");
  assert.doesNotMatch(Message, /secret|passwd/);
});
