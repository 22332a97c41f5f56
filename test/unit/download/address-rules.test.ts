import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  createAddressRules,
  REFUSED_IPV4,
  REFUSED_IPV6,
} from "../../../src/download/address-rules.ts";

const rules = createAddressRules([]);

const REFUSED = [
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.0.1",
  "169.254.169.254",
  "100.64.0.1",
  "100.100.100.200",
  "100.127.255.255",
  "192.0.0.192",
  "192.0.2.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.9",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "192.88.99.1",
  "168.63.129.16",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "::127.0.0.1",
  "::8.8.8.8",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::808:808",
  "64:ff9b:1::1",
  "100::1",
  "2002:7f00:1::",
  "2002:808:808::1",
  "2001::1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "2001:db8::1",
  "3fff::1",
  "fe80::1",
  "fe80::5efe:7f00:1",
  "2a00::5efe:7f00:1",
  "2a00::200:5efe:808:808",
  "fc00::1",
  "fd12:3456::1",
  "fec0::1",
  "ff02::1",
  "5f00::1",
  "4000::1",
  "fe80::1%eth0",
  "2a00:1450::1%eth0",
  "",
  "localhost",
  "1.2.3",
  "0x8.8.8.8",
  "010.8.8.8",
  "8.8.8.8.8",
  "8.8.8.256",
  "2001:4860::x",
  "8.8.8.8/32",
];

for (const address of REFUSED) {
  test(`refuses "${address}"`, () => {
    assert.equal(rules.judge(address), "refused");
  });
}

const PUBLIC = [
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "192.169.0.0",
  "223.255.255.255",
  "168.63.129.17",
  "2001:4860:4860::8888",
  "2606:4700::1111",
  "2a00:1450:4001::200e",
  "2001:200::1",
  "3ffe::1",
];

for (const address of PUBLIC) {
  test(`allows the public address ${address}`, () => {
    assert.equal(rules.judge(address), "public");
  });
}

test("every refused range names where it comes from", () => {
  for (const { cidr, source } of [...REFUSED_IPV4, ...REFUSED_IPV6]) {
    assert.match(source, /RFC \d+|Azure/, cidr);
  }
});

const octets = fc.tuple(
  ...([0, 1, 2, 3].map(() => fc.nat(255)) as [
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
  ]),
);
const hextet = fc.nat(0xffff).map((n) => n.toString(16));

test("no IPv6 form that carries an IPv4 address is allowed, whatever the IPv4 address is", () => {
  fc.assert(
    fc.property(octets, hextet, hextet, hextet, ([a, b, c, d], h1, h2, h3) => {
      const high = ((a << 8) | b).toString(16);
      const low = ((c << 8) | d).toString(16);
      const dotted = `${a}.${b}.${c}.${d}`;
      const forms = [
        `::${dotted}`,
        `::ffff:${dotted}`,
        `::ffff:0:${dotted}`,
        `64:ff9b::${dotted}`,
        `64:ff9b:1:${h1}:${h2}:${h3}:${high}:${low}`,
        `2002:${high}:${low}:${h1}:${h2}:${h3}:${h1}:${h2}`,
        `2001:0:${h1}:${h2}:${h3}:${h1}:${high}:${low}`,
        `2a00:${h1}:${h2}:${h3}:0:5efe:${high}:${low}`,
        `2a00:${h1}:${h2}:${h3}:200:5efe:${high}:${low}`,
        `fe80::5efe:${high}:${low}`,
      ];
      for (const form of forms) assert.equal(rules.judge(form), "refused", form);
    }),
    { numRuns: 500 },
  );
});

test("an IPv6 address is judged alike in every spelling", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (parts) => {
      const short = parts.map((part) => part.toString(16)).join(":");
      const long = parts.map((part) => part.toString(16).padStart(4, "0").toUpperCase()).join(":");
      const compressed = new URL(`http://[${short}]/`).hostname.slice(1, -1);
      assert.equal(rules.judge(long), rules.judge(short));
      assert.equal(rules.judge(compressed), rules.judge(short));
      const isGlobal = (parts[0]! & 0xe000) === 0x2000;
      if (!isGlobal) assert.equal(rules.judge(short), "refused");
    }),
    { numRuns: 500 },
  );
});

test("an exception allows its own range and nothing beside it", () => {
  const excepted = createAddressRules(["127.0.0.1/32", "fd00:1::/64"]);
  assert.equal(excepted.judge("127.0.0.1"), "excepted");
  assert.equal(excepted.judge("fd00:1::5"), "excepted");
  assert.equal(excepted.judge("127.0.0.2"), "refused");
  assert.equal(excepted.judge("fd00:2::5"), "refused");
  assert.equal(excepted.judge("::ffff:127.0.0.1"), "refused");
  assert.equal(excepted.judge("8.8.8.8"), "public");
});

for (const cidr of ["127.0.0.1", "127.0.0.1/8", "10.0.0.0/33", "localhost", "", "*"]) {
  test(`"${cidr}" is not taken as an exception`, () => {
    assert.throws(() => createAddressRules([cidr]), { reason: "configuration-invalid" });
  });
}

test("the machine's own addresses are refused, public or not, unless they are excepted", () => {
  const own = () => ["93.184.215.15", "2a00:1450:0:0:0:0:0:7"];
  const closed = createAddressRules([], own);
  for (const address of ["93.184.215.15", "2a00:1450::7", "2A00:1450:0::7"]) {
    assert.equal(closed.judge(address), "refused");
    assert.equal(rules.judge(address), "public");
  }
  assert.equal(closed.judge("93.184.215.16"), "public");
  assert.equal(createAddressRules(["93.184.215.15/32"], own).judge("93.184.215.15"), "excepted");
});
