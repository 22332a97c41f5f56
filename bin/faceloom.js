#!/usr/bin/env node
import "./require-node-24.js";
import { existsSync } from "node:fs";

const source = new URL("../src/cli/cli.ts", import.meta.url);
const built = new URL("../dist/cli/cli.js", import.meta.url);
const { runCli } = await import(existsSync(source) ? source.href : built.href);
process.exitCode = await runCli(process.argv.slice(2));
