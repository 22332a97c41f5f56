import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { limitConnections } from "../../../src/http/server-limits.ts";

/** Connects from an address that this machine need not have. */
function connectFrom(server: EventEmitter, remoteAddress: string): PassThrough {
  const socket = Object.assign(new PassThrough(), { remoteAddress });
  server.emit("connection", socket);
  return socket;
}

test("an address has its share of the connections, and gets it back when they close", async () => {
  const server = new EventEmitter();
  const config = { maxConnectionsPerAddress: 2 };
  limitConnections(server as Server, config);
  const [first, second, third] = [1, 2, 3].map(() => connectFrom(server, "192.0.2.7"));
  assert.deepEqual([first!.destroyed, second!.destroyed, third!.destroyed], [false, false, true]);
  assert.equal(connectFrom(server, "192.0.2.8").destroyed, false);
  first!.destroy();
  await new Promise((resolve) => first!.once("close", resolve));
  assert.equal(connectFrom(server, "192.0.2.7").destroyed, false);
  assert.equal(connectFrom(server, "192.0.2.7").destroyed, true);
  config.maxConnectionsPerAddress = 0;
  assert.equal(connectFrom(server, "192.0.2.7").destroyed, false);
});

test("the own machine is exempt: a proxy may be there", () => {
  const server = new EventEmitter();
  limitConnections(server as Server, { maxConnectionsPerAddress: 1 });
  for (const address of ["127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1"]) {
    assert.equal(connectFrom(server, address).destroyed, false, address);
  }
});
