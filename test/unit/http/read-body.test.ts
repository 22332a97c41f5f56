import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import test from "node:test";
import { isAppError } from "../../../src/base/app-error.ts";
import { createBodyReader } from "../../../src/http/read-body.ts";

/** A stream with the one member of a request that the reader looks at. */
function aMessage(headers: Readonly<Record<string, string>> = {}): IncomingMessage & PassThrough {
  return Object.assign(new PassThrough(), { headers }) as unknown as IncomingMessage & PassThrough;
}

const LIMITS = { maxBodyBytes: 10, maxBodyBytesInFlight: 15 };
const reasonIs = (reason: string) => (error: unknown) =>
  isAppError(error) && error.reason === reason;

test("a body is read whole, in its order", async () => {
  const message = aMessage();
  const body = createBodyReader(LIMITS).read(message);
  message.write("abc");
  message.end("def");
  const { bytes, sha256 } = await body;
  assert.equal(String(bytes), "abcdef");
  assert.equal(sha256, createHash("sha256").update("abcdef").digest("hex"));
});

test("a claimed length over the limit is refused before a byte is read", () => {
  const claim = (length: string) => () =>
    createBodyReader(LIMITS).checkClaim(aMessage({ "content-length": length }));
  assert.throws(claim("11"), reasonIs("request-too-large"));
  claim("10")();
});

test("a body that turns out too long is refused and drained", async () => {
  const message = aMessage();
  const body = createBodyReader(LIMITS).read(message);
  message.write("0123456789");
  message.write("0");
  await assert.rejects(body, reasonIs("request-too-large"));
  message.end("more");
  assert.equal(message.readableFlowing, true);
});

test("bodies count against the common limit until they are released", async () => {
  const reader = createBodyReader(LIMITS);
  const read = (message: IncomingMessage & PassThrough) => {
    const body = reader.read(message);
    message.end("01234567");
    return body;
  };
  const first = aMessage();
  await read(first);
  const second = aMessage();
  await assert.rejects(read(second), reasonIs("overloaded"));
  reader.release(second);
  reader.release(first);
  reader.release(first);
  assert.equal(String((await read(aMessage())).bytes), "01234567");
});

test("a body that stops arriving is given up after ten seconds", async (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  t.mock.timers.enable({ apis: ["setInterval"] });
  const message = aMessage();
  const body = createBodyReader({ maxBodyBytes: 1e9, maxBodyBytesInFlight: 1e9 }).read(message);
  message.write(Buffer.alloc(1024 * 1024));
  now = 10_001;
  t.mock.timers.tick(1_000);
  await assert.rejects(body, reasonIs("malformed-request"));
});

test("a body that trickles is given up", async (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  t.mock.timers.enable({ apis: ["setInterval"] });
  const message = aMessage();
  const body = createBodyReader({ maxBodyBytes: 1e9, maxBodyBytesInFlight: 1e9 }).read(message);
  const outcome = assert.rejects(body, reasonIs("malformed-request"));
  for (let second = 0; second < 8; second++) {
    now += 1_000;
    message.write("x");
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(1_000);
  }
  await outcome;
});

test("a caller that goes away ends the reading", async () => {
  const message = aMessage();
  const body = createBodyReader(LIMITS).read(message);
  message.emit("aborted");
  await assert.rejects(body, reasonIs("cancelled"));
});
