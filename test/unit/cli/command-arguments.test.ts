import assert from "node:assert/strict";
import test from "node:test";
import type { Command } from "../../../src/cli/command.ts";
import { parseArguments, parseRect, UsageError } from "../../../src/cli/command-arguments.ts";

const COMMAND: Command = {
  usage: "try",
  describe: "A command for this test.",
  options: {
    size: { value: "N", describe: "A size" },
    item: { value: "NAME", describe: "An item", isRepeatable: true },
    quick: { describe: "A switch" },
  },
  maxPositionals: 1,
  run: async () => 0,
};

const parse = (...argv: string[]) => parseArguments(COMMAND, argv);

test("values, switches and arguments are told apart", () => {
  const args = parse("file", "--size", "3", "--quick", "--item=a", "--item", "b");
  assert.deepEqual(args.positionals, ["file"]);
  assert.equal(args.text("size"), "3");
  assert.equal(args.number("size", { min: 0, max: 9 }), 3);
  assert.ok(args.has("quick"));
  assert.ok(!parse("--size", "3").has("quick"));
  assert.deepEqual(
    args.inOrder.map(({ value }) => value),
    ["3", "a", "b"],
  );
});

test("an option that is not given has no value", () => {
  assert.equal(parse().text("size"), undefined);
  assert.equal(parse().number("size", { min: 0, max: 1 }), undefined);
  assert.throws(() => parse().requiredText("size"), UsageError);
});

test("numbers outside their range or of another kind are refused", () => {
  for (const value of ["10", "x", "", "0x", "NaN", "Infinity"]) {
    assert.throws(
      () => parse("--size", value).number("size", { min: 0, max: 9 }),
      UsageError,
      value,
    );
  }
  const whole = { min: 0, max: 9, isInteger: true };
  assert.throws(() => parse("--size", "1.5").number("size", whole), UsageError);
});

test("unknown options, missing values, repetitions and surplus arguments are refused", () => {
  for (const argv of [
    ["--sise", "1"],
    ["--size"],
    ["--size", "1", "--size", "2"],
    ["a", "b"],
    ["--quick=1"],
  ]) {
    assert.throws(() => parse(...argv), UsageError, argv.join(" "));
  }
});

test("a rectangle is four numbers with a size", () => {
  assert.deepEqual(parseRect("rect", "1,2.5,30,40"), { x: 1, y: 2.5, width: 30, height: 40 });
  for (const value of ["1,2,3", "1,2,3,4,5", "a,2,3,4", "1,2,0,4", "1,2,3,-4", "1,,3,4", ""]) {
    assert.throws(() => parseRect("rect", value), UsageError, value);
  }
});
