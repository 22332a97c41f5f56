// Tries the corpus of URLs in a process of its own, which may stand in a network namespace where every address of the
// world is this machine: whatever the server connects to is seen. Sends what it found to its parent.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer as createTcpServer } from "node:net";
import { startRigServer } from "../rig/rig-server.ts";
import { startDnsServer } from "../support/dns-server.ts";
import { type CallAnswer, callSigned } from "../support/signed-call.ts";
import {
  ADDRESS_CASES,
  type AddressCase,
  FLOOD_NAMES,
  ORIGIN_ADDRESS,
  OWN_ADDRESS,
  OWN_NAME,
  ZONE,
} from "./address-cases.ts";
import { seedJpeg } from "./seeds.ts";

/** What was seen of one URL in one position. */
export interface AddressTrial {
  readonly tried: AddressCase;
  readonly position: "template" | "user" | "logo";
  readonly outcome: string;
  readonly message: string | undefined;
  readonly ms: number;
}

/** What the run tells its parent. */
export interface AddressRun {
  readonly trials: readonly AddressTrial[];
  /** Connections that arrived anywhere but at the origin, as `address:port`. */
  readonly strays: readonly string[];
  /** A connection made on purpose to an address that must stay untouched: the proof that they are seen. */
  readonly control: readonly string[];
  /** Header names of the origin's requests, each set once. */
  readonly headerSets: readonly string[];
  /** Answers for the name whose address changes between questions, and the addresses that were connected to. */
  readonly flips: readonly string[];
  /** What happened when one caller wanted many pictures of one origin at once, under as many names. */
  readonly flood: { readonly outcomes: readonly string[]; readonly mostOpen: number };
  /** TCP connections that were opened in the namespace and arrived nowhere. */
  readonly unanswered: number | undefined;
  /** Names that were asked for. */
  readonly names: readonly string[];
}

type CalledServer = Parameters<typeof callSigned>[0];

/** Ports on which everything is listened to. */
const PORTS = [22, 80, 443, 6379, 8080];
const POSITIONS = ["template", "user", "logo"] as const;
const PARALLEL = 6;

async function run(isAlone: boolean): Promise<AddressRun> {
  const picture = await seedJpeg();
  const strays: string[] = [];
  const headerSets = new Set<string>();
  const slow = { open: 0, mostOpen: 0 };
  const note = (socket: Socket): void => {
    socket.on("error", () => undefined);
    const address = (socket.localAddress ?? "").replace(/^::ffff:/, "");
    if (address !== ORIGIN_ADDRESS) strays.push(`${address}:${socket.localPort}`);
  };
  const listeners = (isAlone ? PORTS : [0]).map((port) => {
    const server =
      port === 80
        ? createServer((request, response) => {
            headerSets.add(Object.keys(request.headers).sort().join(" "));
            if (request.url === "/slow") serveSlowly(response, picture, slow);
            else serve(request, response, picture);
          })
        : createTcpServer();
    server.on("connection", (socket: Socket) => {
      note(socket);
      if (port !== 80) socket.destroy();
    });
    // Without a namespace only what can be had beside other programs: an address of loopback that nobody uses.
    return new Promise<typeof server>((resolve) =>
      server.listen(port, isAlone ? "::" : "127.0.0.2", () => resolve(server)),
    );
  });
  const open = await Promise.all(listeners);
  await using dns = await startDnsServer(ZONE);
  // What is fetched is the point, not what is done with it: the engine only computes for a while.
  await using rig = await startRigServer({
    settings: {
      FACELOOM_DOWNLOAD_DNS_SERVERS: dns.address,
      FACELOOM_DOWNLOAD_ALLOW_CIDRS: "",
      FACELOOM_PUBLIC_URL: `https://${OWN_NAME}`,
      FACELOOM_DOWNLOAD_TIMEOUT_MS: "8000",
      FACELOOM_DOWNLOAD_DNS_TIMEOUT_MS: "1000",
      FACELOOM_DOWNLOAD_FIRST_BYTE_TIMEOUT_MS: "4000",
      FACELOOM_DEADLINE_MS: "55000",
      FACELOOM_WORKER_DEADLINE_MS: "50000",
    },
  });
  const server = { url: rig.address, ...rig.key };
  const before = isAlone ? attemptsWithoutAnswer() : undefined;
  const good = picture.toString("base64");
  const cases = isAlone
    ? ADDRESS_CASES
    : casesWithoutOrigin((open[0]!.address() as AddressInfo).port);
  const trials = await tryAll(cases, server, good);
  const flips = isAlone ? await tryFlips(server, good) : [];
  const flood = isAlone ? await tryFlood(server, good) : [];
  const seen = [...strays];
  const unanswered = before === undefined ? undefined : attemptsWithoutAnswer() - before;
  const control = await controlConnection(
    isAlone,
    (open[0]!.address() as AddressInfo).port,
    strays,
  );
  for (const one of open) {
    if ("closeAllConnections" in one) one.closeAllConnections();
    one.close();
  }
  return {
    trials,
    strays: seen,
    control,
    headerSets: [...headerSets],
    flips,
    flood: { outcomes: flood, mostOpen: slow.mostOpen },
    unanswered,
    names: [...new Set(dns.asked)],
  };
}

/** What leads to public addresses, which outside of the namespace are somebody's. */
const NOT_WITHOUT = new RegExp(`origin\\.example|flip\\.example|${OWN_ADDRESS}`);

/** Without the namespace the origin's public address would be somebody's: only what must fail is tried. */
function casesWithoutOrigin(port: number): readonly AddressCase[] {
  const own = ADDRESS_CASES.filter(({ url }) => !NOT_WITHOUT.test(url));
  const canaries = [`http://127.0.0.2:${port}/x.jpg`, `http://0x7f.2:${port}/x.jpg`];
  return [...own, ...canaries.map((url) => ({ id: "U-01", url, expected: "illegal" as const }))];
}

function serve(request: IncomingMessage, response: ServerResponse, picture: Buffer): void {
  const url = new URL(request.url ?? "/", "http://origin.example");
  const hops = /^\/hops\/(\d)$/.exec(url.pathname)?.[1];
  if (url.pathname === "/redirect") {
    const status = Number(url.searchParams.get("status"));
    response.writeHead(status, { location: url.searchParams.get("to")! }).end();
  } else if (url.pathname === "/far-location") {
    response.writeHead(302, { location: `/${"a".repeat(64_000)}` }).end();
  } else if (url.pathname === "/loop") {
    response.writeHead(302, { location: "/loop" }).end();
  } else if (hops !== undefined && hops !== "0") {
    response.writeHead(302, { location: `/hops/${Number(hops) - 1}` }).end();
  } else if (url.pathname === "/missing") {
    response.writeHead(404).end("not here");
  } else if (url.pathname === "/text") {
    response.end("a text");
  } else if (url.pathname !== "/silent") {
    response.end(picture);
  }
}

function serveSlowly(
  response: ServerResponse,
  picture: Buffer,
  slow: { open: number; mostOpen: number },
): void {
  slow.open += 1;
  slow.mostOpen = Math.max(slow.mostOpen, slow.open);
  setTimeout(() => {
    slow.open -= 1;
    response.end(picture);
  }, 300);
}

async function tryAll(
  cases: readonly AddressCase[],
  server: CalledServer,
  good: string,
): Promise<readonly AddressTrial[]> {
  const queue = cases.flatMap((tried) => POSITIONS.map((position) => ({ tried, position })));
  const trials: AddressTrial[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { code, message, ms } = await callWith(next.tried.url, next.position, server, good);
      trials.push({ ...next, outcome: code ?? "ok", message, ms });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return trials;
}

/** A name that is public at the first question and loopback at the second. */
async function tryFlips(server: CalledServer, good: string): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { code } = await callWith("http://flip.example/x.jpg", "user", server, good);
    outcomes.push(code ?? "ok");
  }
  return outcomes;
}

/** One caller, one origin, many names, all at once. */
async function tryFlood(server: CalledServer, good: string): Promise<readonly string[]> {
  const calls = FLOOD_NAMES.map((name) => callWith(`http://${name}/slow`, "user", server, good));
  return (await Promise.all(calls)).map(({ code }) => code ?? "ok");
}

function callWith(
  url: string,
  position: AddressTrial["position"],
  server: CalledServer,
  good: string,
): Promise<CallAnswer> {
  const template = position === "template" ? { ModelUrl: url } : { ModelImage: good };
  const user = position === "user" ? { Url: url } : { Image: good };
  const rect = { X: 1, Y: 1, Width: 40, Height: 20 };
  const logo =
    position === "logo" ? { LogoAdd: 1, LogoParam: { LogoRect: rect, LogoUrl: url } } : {};
  return callSigned(server, "FuseFaceUltra", {
    RspImgType: "base64",
    ...template,
    MergeInfos: [user],
    ...logo,
  });
}

/** Opens a connection that the server would have to answer for, and returns what was noted of it. */
async function controlConnection(
  isAlone: boolean,
  port: number,
  strays: readonly string[],
): Promise<readonly string[]> {
  const before = strays.length;
  const socket = connect(isAlone ? { host: "10.0.0.2", port: 80 } : { host: "127.0.0.2", port });
  await new Promise((resolve) => socket.once("connect", resolve));
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  return strays.slice(before);
}

/** Of the kernel's counters for this namespace: connections that were tried and not taken by anybody. */
function attemptsWithoutAnswer(): number {
  const [names = "", values = ""] = readFileSync("/proc/self/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Tcp:"));
  const at = (name: string): number => Number(values.split(" ")[names.split(" ").indexOf(name)]);
  return at("ActiveOpens") - at("PassiveOpens");
}

if (process.send !== undefined) {
  const found = await run(process.argv.includes("--alone"));
  process.send(found, () => process.exit());
}
