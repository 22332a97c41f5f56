import assert from "node:assert/strict";
import test from "node:test";
import { ProtobufWriter } from "../../../../src/models/onnx/protobuf-writer.ts";

function hex(writer: ProtobufWriter): string {
  return Buffer.from(writer.finish()).toString("hex");
}

// The first four are the worked examples of the protocol buffers encoding guide.
test("writes an integer as a varint", () => {
  assert.equal(hex(new ProtobufWriter().integer(1, 150)), "089601");
});

test("writes a string with its length", () => {
  assert.equal(hex(new ProtobufWriter().text(2, "testing")), "120774657374696e67");
});

test("writes a nested message as bytes", () => {
  assert.equal(
    hex(new ProtobufWriter().message(3, new ProtobufWriter().integer(1, 150))),
    "1a03089601",
  );
});

test("writes a packed list", () => {
  assert.equal(hex(new ProtobufWriter().packedIntegers(6, [3, 270, 86942])), "3206038e029ea705");
});

test("writes a negative integer as ten digits of its 64-bit complement", () => {
  assert.equal(hex(new ProtobufWriter().integer(1, -1)), "08ffffffffffffffffff01");
});

test("writes a float little-endian", () => {
  assert.equal(hex(new ProtobufWriter().float(2, 1)), "150000803f");
});
