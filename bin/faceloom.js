#!/usr/bin/env node
import "./require-node-24.js";
import { existsSync } from "node:fs";

const source = new URL("../src/cli/cli.ts", import.meta.url);
const built = new URL("../dist/cli/cli.js", import.meta.url);
const isCheckout = existsSync(source);
if (isCheckout && process.argv[2] === "serve") await buildConsole();
const { runCli } = await import(isCheckout ? source.href : built.href);
process.exitCode = await runCli(process.argv.slice(2));

/** A checkout builds the console's pages at the first start and after a change; the server runs without them too. */
async function buildConsole() {
  try {
    const { ensureConsoleBuilt } = await import("../scripts/build-console.ts");
    if (await ensureConsoleBuilt()) process.stderr.write("Console: built\n");
  } catch (error) {
    process.stderr.write(`Console: could not be built (${error.message})\n`);
  }
}
