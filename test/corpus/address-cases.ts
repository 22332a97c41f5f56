/** A URL of the corpus. */
export interface AddressCase {
  /** Row of the plan, such as `U-45`. */
  readonly id: string;
  readonly url: string;
  /**
   * `illegal` is told by its spelling, `failed` like any other download that fails, `refused` is either: which of the two
   * tells nothing about the network. `fetched` is the counter-check.
   */
  readonly expected: "illegal" | "failed" | "refused" | "fetched" | "not-a-picture";
}

/** A public address behind which the corpus has its origin. */
export const ORIGIN_ADDRESS = "93.184.215.14";

/** A public address of the machine that the server runs on. */
export const OWN_ADDRESS = "93.184.215.15";

/** The name under which callers reach the server. */
export const OWN_NAME = "own.example";

/** Names that all lead to one origin, as a caller has them who wants to flood it. */
export const FLOOD_NAMES = Array.from({ length: 24 }, (_, i) => `flood-${i}.example`);

/** Where nothing may ever arrive: anything but the origin. The DNS of the corpus leads to some of them. */
export const ZONE = {
  "origin.example": { A: [ORIGIN_ADDRESS] },
  "private.example": { A: ["10.0.0.2"] },
  "mixed.example": { A: [ORIGIN_ADDRESS, "10.0.0.2"] },
  "mixed-six.example": { A: [ORIGIN_ADDRESS], AAAA: ["0:0:0:0:0:0:0:1"] },
  "alias.example": { CNAME: "internal.example" },
  "internal.example": { A: ["192.168.7.7"] },
  "circle.example": { CNAME: "circle-two.example" },
  "circle-two.example": { CNAME: "circle.example" },
  "flip.example": { turns: [[ORIGIN_ADDRESS], ["127.0.0.1"]] },
  "many.example": {
    A: [...Array.from({ length: 63 }, () => ORIGIN_ADDRESS), "127.0.0.1"],
  },
  "mapped.example": { AAAA: ["0:0:0:0:0:ffff:7f00:1"] },
  "nat64.example": { AAAA: ["64:ff9b:0:0:0:0:7f00:1"] },
  "silent.example": "silent",
  "broken.example": "servfail",
  "empty.example": {},
  [OWN_NAME]: { A: [ORIGIN_ADDRESS] },
  ...Object.fromEntries(FLOOD_NAMES.map((name) => [name, { A: [ORIGIN_ADDRESS] }])),
} as const;

const hosts = (
  expected: AddressCase["expected"],
  byId: Readonly<Record<string, readonly string[]>>,
): readonly AddressCase[] =>
  Object.entries(byId).flatMap(([id, list]) =>
    list.map((host) => ({ id, url: `http://${host}/x.jpg`, expected })),
  );

const LITERALS: readonly AddressCase[] = hosts("failed", {
  "U-01": ["127.0.0.1", "127.0.0.1:443", "127.0.0.2", "127.255.255.254"],
  "U-02": ["127.1", "127.0.1"],
  "U-03": ["0x7f.1", "0x7f000001", "0x7f.0x0.0x0.0x1"],
  "U-04": ["0177.0.0.1", "00000177.1"],
  "U-05": ["2130706433", "017700000001"],
  "U-06": ["0", "0.0.0.0", "0.1.2.3"],
  "U-08": ["①②⑦.⓪.⓪.①", "𝟏𝟐𝟕.0.0.1"],
  "U-09": ["127。0。0。1", "127．0．0．1", "127.0.0.1."],
  "U-12": ["10.0.0.2", "10.255.255.255"],
  "U-13": ["172.16.0.1", "172.31.255.255"],
  "U-14": ["192.168.0.1", "192.168.255.255"],
  "U-15": ["169.254.169.254", "169.254.1.1", "0xA9FEA9FE"],
  "U-16": ["100.64.0.1", "100.127.255.255"],
  "U-17": ["100.100.100.200"],
  "U-18": ["192.0.0.192", "192.0.0.8"],
  "U-19": ["192.0.2.1"],
  "U-20": ["198.18.0.1", "198.19.255.255", "198.51.100.1"],
  "U-21": ["203.0.113.1"],
  "U-22": ["224.0.0.1", "239.255.255.255"],
  "U-23": ["240.0.0.1", "255.255.255.254"],
  "U-24": ["255.255.255.255"],
  "U-25": ["[::]"],
  "U-26": ["[::1]", "[0:0:0:0:0:0:0:1]", "[::1]:443"],
  "U-27": ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.2]", "[::ffff:8.8.8.8]"],
  "U-28": ["[::127.0.0.1]", "[::8.8.8.8]"],
  "U-29": ["[::ffff:0:127.0.0.1]"],
  "U-30": ["[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.2]"],
  "U-31": ["[64:ff9b:1::7f00:1]"],
  "U-32": ["[2002:7f00:1::]", "[2002:a00:2::1]"],
  "U-33": ["[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:db8::1]", "[3fff::1]"],
  "U-34": ["[fe80::5efe:7f00:1]", "[fe80::1]"],
  "U-35": ["[2a00::5efe:7f00:1]", "[2a00::200:5efe:a00:2]"],
  "U-36": ["[fc00::1]", "[fd12:3456::1]", "[fec0::1]"],
  "U-37": ["[ff02::1]", "[5f00::1]", "[100::1]"],
});

const NAMES: readonly AddressCase[] = [
  ...hosts("failed", {
    "U-39": ["localhost", "localhost:443"],
    "U-40": ["LOCALHOST", "localhost.", "LocalHost"],
    "U-41": ["a.localhost", "printer.local"],
    "U-42": ["metadata.google.internal", "metadata"],
    "U-43": ["kubernetes.default.svc", "kubernetes", "redis"],
    "U-44": [OWN_NAME, OWN_NAME.toUpperCase(), OWN_ADDRESS],
    "U-45": ["private.example", "mapped.example", "nat64.example"],
    "U-46": ["mixed.example"],
    "U-47": ["mixed-six.example"],
    "U-48": ["alias.example", "circle.example"],
    "U-50": ["many.example"],
    "U-60": ["unknown.example", "broken.example", "empty.example"],
  }),
  { id: "U-60", url: "http://silent.example/x.jpg", expected: "failed" },
];

const SPELLINGS: readonly AddressCase[] = [
  ["U-10", "http:127.0.0.1"],
  ["U-38", "http://[fe80::1%25eth0]/x.jpg"],
  ["U-57", "file:///etc/passwd"],
  ["U-57", "ftp://origin.example/x.jpg"],
  ["U-57", "gopher://127.0.0.1:6379/_FLUSHALL"],
  ["U-57", "data:image/png;base64,AAAA"],
  ["U-57", "blob:http://origin.example/1"],
  ["U-57", "jar:http://origin.example!/x.jpg"],
  ["U-58", "//origin.example/x.jpg"],
  ["U-58", "origin.example/x.jpg"],
  ["U-58", "http://origin.example\r\nHost: 127.0.0.1/x.jpg"],
  ["U-58", "http://origin.example\u0000.example/x.jpg"],
  ["U-58", "http://origin.example\\@127.0.0.1/x.jpg"],
  ["U-58", "http://user@127.0.0.1/x.jpg"],
  ["U-58", "http://origin.example%0d%0a/x.jpg"],
  ["U-59", `http://origin.example/${"a".repeat(2_030)}`],
  ["U-59", "http://origin.example:0/x.jpg"],
  ["U-59", "http://origin.example:22/x.jpg"],
  ["U-59", "http://origin.example:6379/x.jpg"],
  ["U-59", "http://origin.example:99999/x.jpg"],
  ["U-59", "http://127.0.0.1:6379/x.jpg"],
  ["U-59", "http://unknown.example:22/x.jpg"],
].map(([id, url]) => ({ id: id!, url: url!, expected: "illegal" as const }));

const REDIRECTS: readonly (readonly [id: string, status: number, location: string])[] = [
  ["U-51", 301, "http://127.0.0.1/x.jpg"],
  ["U-51", 302, "http://10.0.0.2/x.jpg"],
  ["U-51", 303, "http://169.254.169.254/latest"],
  ["U-51", 307, "http://[::1]/x.jpg"],
  ["U-51", 308, "http://private.example/x.jpg"],
  ["U-52", 302, "file:///etc/passwd"],
  ["U-53", 302, "http://origin.example:22/x.jpg"],
  ["U-53", 302, "http://127.0.0.1:6379/x.jpg"],
  ["U-44", 302, `http://${OWN_NAME}/x.jpg`],
  ["U-44", 302, `http://${OWN_ADDRESS}/x.jpg`],
  ["U-55", 302, "//127.0.0.1/x.jpg"],
  ["U-55", 302, "http://a:b@127.0.0.1/x.jpg"],
  ["U-55", 302, "http://0x7f.1/x.jpg"],
  ["U-56", 302, `http://origin.example/${"a".repeat(64_000)}`],
];

/** The path of the origin that redirects; the query is where to. */
export function redirectPath(status: number, location: string): string {
  return `/redirect?status=${status}&to=${encodeURIComponent(location)}`;
}

const OVER_THE_ORIGIN: readonly AddressCase[] = [
  ...REDIRECTS.map(([id, status, location], i) => ({
    id,
    // A long location does not fit into the first URL: the origin knows it by number.
    url: `http://origin.example${location.length > 1_000 ? `/far-location?${i}` : redirectPath(status, location)}`,
    expected: "failed" as const,
  })),
  { id: "U-54", url: "http://origin.example/loop", expected: "failed" },
  { id: "U-54", url: "http://origin.example/hops/4", expected: "failed" },
  { id: "U-54", url: "http://origin.example/hops/3", expected: "fetched" },
  { id: "U-61", url: "http://origin.example:443/x.jpg", expected: "failed" },
  { id: "U-62", url: "http://origin.example/missing", expected: "failed" },
  { id: "U-63", url: "https://origin.example/x.jpg", expected: "failed" },
  { id: "U-64", url: "http://origin.example/silent", expected: "failed" },
  { id: "U-66", url: "http://origin.example/text", expected: "not-a-picture" },
  { id: "U-68", url: "http://origin.example/x.jpg", expected: "fetched" },
];

/** The corpus of URLs: rows U-01 to U-66 and U-68; U-69 is tried beside it. */
export const ADDRESS_CASES: readonly AddressCase[] = [
  ...LITERALS,
  ...NAMES,
  ...SPELLINGS,
  ...OVER_THE_ORIGIN,
];
