import { request } from "node:http";
import type { Config } from "../../config/config.ts";
import { loadConfig } from "../../config/config.ts";
import { readListeners } from "../../operations/listeners-file.ts";
import type { Command } from "../command.ts";

/** A probe that takes longer has failed. */
const LIMIT_MS = 4_000;

/** `faceloom healthcheck`: asks a running server how it is, for containers without curl. */
export const healthcheckCommand: Command = {
  usage: "healthcheck [--ready] [--url URL]",
  describe:
    "Exits with 0 when the server beside it answers, with 1 otherwise. It is found by the same settings as the server's.",
  options: {
    ready: { describe: "Ask whether a call would be served now, not only whether it is alive" },
    url: { value: "URL", describe: "Address of the server's ops port" },
  },
  maxPositionals: 0,
  async run(args) {
    const address = args.text("url") ?? (await opsAddress(loadConfig()));
    if (address === undefined) {
      process.stderr.write("faceloom: No server is running on this data folder.\n");
      return 1;
    }
    const outcome = await probe(`${address}${args.has("ready") ? "/readyz" : "/livez"}`);
    if (outcome === undefined) return 0;
    process.stderr.write(`faceloom: ${outcome}\n`);
    return 1;
  },
};

async function opsAddress(config: Config): Promise<string | undefined> {
  const { host, port } = config.operations;
  if (port === undefined || port === 0) return (await readListeners(config.dataDir))?.ops;
  const isAny = host === "0.0.0.0" || host === "::";
  const reachable = isAny ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

/** Returns what is wrong, or undefined. */
function probe(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probing = request(url, { timeout: LIMIT_MS, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => {
        const said = body.replace(/\s+/g, " ").trim();
        resolve(response.statusCode === 200 ? undefined : `${url} answers ${said}`);
      });
    });
    probing.on("timeout", () => probing.destroy(new Error("no answer in time")));
    probing.on("error", (error) => resolve(`${url} cannot be reached: ${error.message}`));
    probing.end();
  });
}
