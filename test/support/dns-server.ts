import { createSocket } from "node:dgram";

/** A DNS server of the test: what it answers by name, `silent` not at all, names it does not know with NXDOMAIN. */
export interface DnsServer extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** Names asked for, with the type: `a.example A`. */
  readonly asked: string[];
}

/** The records of one name. */
export type DnsRecords =
  | {
      readonly A?: readonly string[];
      readonly AAAA?: readonly string[];
      /** The name is another name for this one; its addresses come along. */
      readonly CNAME?: string;
      /** IPv4 addresses of the first question, of the second, and so on; the last ones stay. */
      readonly turns?: readonly (readonly string[])[];
    }
  | "silent"
  | "servfail";

const TYPES: Readonly<Record<number, "A" | "AAAA">> = { 1: "A", 28: "AAAA" };

/** Starts a DNS server on UDP. */
export async function startDnsServer(
  zone: Readonly<Record<string, DnsRecords>>,
): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const { name, type, end } = parseQuestion(query);
    asked.push(`${name} ${type}`);
    const records = zone[name];
    if (records === "silent") return;
    const answers = answersFor(name, type, zone, asked);
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(records === "servfail" ? 0x8182 : records ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(answers.length, 6);
    head.writeUInt32BE(0, 8);
    socket.send(
      Buffer.concat([head, query.subarray(12, end), ...answers]),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function parseQuestion(query: Buffer): { name: string; type: "A" | "AAAA"; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = TYPES[query.readUInt16BE(at + 1)] ?? "A";
  return { name: labels.join(".").toLowerCase(), type, end: at + 5 };
}

/** An alias stands before what it leads to; a circle of them ends after a few steps. */
function answersFor(
  name: string,
  type: "A" | "AAAA",
  zone: Readonly<Record<string, DnsRecords>>,
  asked: readonly string[],
  depth = 0,
): Buffer[] {
  const records = zone[name];
  if (records === undefined || typeof records === "string" || depth > 8) return [];
  if (records.CNAME !== undefined) {
    const further = answersFor(records.CNAME, type, zone, asked, depth + 1);
    return [record(depth === 0 ? undefined : name, 5, encodedName(records.CNAME)), ...further];
  }
  const turn = asked.filter((one) => one === `${name} ${type}`).length - 1;
  const turns = type === "A" ? records.turns : undefined;
  const addresses = turns?.[Math.min(Math.max(turn, 0), turns.length - 1)] ?? records[type] ?? [];
  const owner = depth === 0 ? undefined : name;
  return addresses.map((address) => record(owner, type === "A" ? 1 : 28, bytesOf(address, type)));
}

function encodedName(name: string): Buffer {
  const labels = name.split(".").map((label) => `${String.fromCharCode(label.length)}${label}`);
  return Buffer.from(`${labels.join("")}\0`, "latin1");
}

/** One record that may be kept for no time; without an owner it is of the name that was asked for. */
function record(owner: string | undefined, type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner ? encodedName(owner) : Buffer.from([0xc0, 0x0c]), head, data]);
}

function bytesOf(address: string, type: "A" | "AAAA"): Buffer {
  if (type === "A") return Buffer.from(address.split(".").map(Number));
  const groups = address.split(":").map((part) => part.padStart(4, "0"));
  return Buffer.from(groups.join(""), "hex");
}
