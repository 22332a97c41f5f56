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
  | { readonly A?: readonly string[]; readonly AAAA?: readonly string[] }
  | "silent";

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
    const addresses = records?.[type] ?? [];
    const answers = addresses.map((address) => answerRecord(address, type));
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(records ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(addresses.length, 6);
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

function answerRecord(address: string, type: "A" | "AAAA"): Buffer {
  const data =
    type === "A"
      ? Buffer.from(address.split(".").map(Number))
      : Buffer.from(
          address
            .split(":")
            .map((part) => part.padStart(4, "0"))
            .join(""),
          "hex",
        );
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type === "A" ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
