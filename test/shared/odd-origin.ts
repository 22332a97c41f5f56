import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A web server on the loopback interface that hands out the odd files and misbehaves on request. */
export interface OddOrigin extends AsyncDisposable {
  readonly url: string;
  /** Every path that was asked for. */
  readonly asked: ReadonlySet<string>;
}

/** Ways to misbehave, by path. */
const MISBEHAVIOUR: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/endless": (response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const timer = setInterval(() => response.write(chunk), 1);
    response.on("close", () => clearInterval(timer));
  },
  "/slow": (response) => {
    const timer = setInterval(() => response.write("."), 500);
    response.on("close", () => clearInterval(timer));
  },
  "/silent": () => undefined,
  "/to-loopback": (response) => redirect(response, "http://127.0.0.2:9/"),
  "/to-metadata": (response) => redirect(response, "http://169.254.169.254/latest/meta-data/"),
  "/to-file": (response) => redirect(response, "file:///etc/hostname"),
  "/to-itself": (response) => redirect(response, "/to-itself"),
  "/missing": (response) => response.writeHead(404).end("no such picture"),
};

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { Location: location }).end();
}

/** Starts the origin for a folder of files. */
export async function startOddOrigin(folder: string): Promise<OddOrigin> {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? "/");
    asked.add(name);
    const misbehave = MISBEHAVIOUR[name];
    if (misbehave) {
      misbehave(response);
      return;
    }
    // Names say nothing: neither does the type that is sent.
    readFile(path.join(folder, path.normalize(name))).then(
      (bytes) => response.writeHead(200, { "Content-Type": "image/jpeg" }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
