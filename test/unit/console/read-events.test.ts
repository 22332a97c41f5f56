import assert from "node:assert/strict";
import test from "node:test";
import { readEvents } from "../../../console/src/api/read-events.ts";

test("events are read wherever the stream is cut, comments left out", async () => {
  const text = ': here\n\ndata: {"a":"图"}\n\n: still here\n\ndata: {"a":2}\n\ndata: {"cut';
  for (const size of [1, 2, 7, 1000]) {
    const bytes = new TextEncoder().encode(text);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) {
          controller.enqueue(bytes.subarray(at, at + size));
        }
        controller.close();
      },
    });
    const events: unknown[] = [];
    for await (const event of readEvents(stream)) events.push(event);
    assert.deepEqual(events, [{ a: "图" }, { a: 2 }]);
  }
});
