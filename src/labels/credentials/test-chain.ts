import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { derBits, derElement, derId, derTime } from "./der.ts";

/** A certificate for development and the root above it, in PEM. */
export interface TestChain {
  /** The signer's certificate, then the root. */
  readonly chain: string;
  readonly key: string;
  readonly root: string;
}

const DAY_MS = 86_400_000;
const ROOT_DAYS = 3650;
const SIGNER_DAYS = 730;

/** Object identifiers of RFC 5280, RFC 5758 and X.520. */
const ID = {
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  organisation: "2.5.4.10",
  commonName: "2.5.4.3",
  subjectKey: "2.5.29.14",
  keyUsage: "2.5.29.15",
  basicConstraints: "2.5.29.19",
  authorityKey: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  emailProtection: "1.3.6.1.5.5.7.3.4",
} as const;

/** Keys that the signer of a test chain may have. */
export const TEST_KEY_TYPES = ["p256", "p384", "p521", "ed25519"] as const;

/** What a test chain is made from. */
export interface TestChainOptions {
  /** Stands in the names of root and signer. */
  readonly organisation: string;
  /** The chain is valid from a day before. */
  readonly nowMs: number;
  readonly keyType: (typeof TEST_KEY_TYPES)[number];
}

/**
 * Makes a root and a signer's certificate, fit for C2PA (14.5.1) and trusted by nobody. The root's key is on P-256 and
 * thrown away.
 */
export function createTestChain({ organisation, nowMs, keyType }: TestChainOptions): TestChain {
  const root = { name: nameOf(organisation, "Test root"), ...newKey("p256") };
  const signer = { name: nameOf(organisation, "Test signer"), ...newKey(keyType) };
  const rootPem = certificate(root, root, { nowMs, days: ROOT_DAYS, isRoot: true });
  const signerPem = certificate(signer, root, { nowMs, days: SIGNER_DAYS, isRoot: false });
  const key = signer.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { chain: signerPem + rootPem, key, root: rootPem };
}

interface Party {
  readonly name: Buffer;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function newKey(type: TestChainOptions["keyType"]): Pick<Party, "publicKey" | "privateKey"> {
  if (type === "ed25519") return generateKeyPairSync("ed25519");
  const namedCurve = { p256: "prime256v1", p384: "secp384r1", p521: "secp521r1" }[type];
  return generateKeyPairSync("ec", { namedCurve });
}

function nameOf(organisation: string, commonName: string): Buffer {
  const part = (id: string, text: string): Buffer =>
    derElement("set", derElement("sequence", derId(id), derElement("text", Buffer.from(text))));
  const parts = [part(ID.organisation, organisation), part(ID.commonName, commonName)];
  return derElement("sequence", ...parts);
}

/** RFC 5280, 4.1. */
function certificate(
  subject: Party,
  issuer: Party,
  {
    nowMs,
    days,
    isRoot,
  }: { readonly nowMs: number; readonly days: number; readonly isRoot: boolean },
): string {
  const algorithm = derElement("sequence", derId(ID.ecdsaWithSha256));
  const content = derElement(
    "sequence",
    derElement(0xa0, derElement("integer", Buffer.of(2))),
    derElement("integer", serialNumber()),
    algorithm,
    issuer.name,
    // A clock that is a little behind shall not find it too new.
    derElement("sequence", derTime(nowMs - DAY_MS), derTime(nowMs + days * DAY_MS)),
    subject.name,
    subject.publicKey.export({ type: "spki", format: "der" }),
    derElement(0xa3, derElement("sequence", ...extensionsOf(subject, issuer, isRoot))),
  );
  const signature = sign("sha256", content, issuer.privateKey);
  const whole = derElement("sequence", content, algorithm, derBits(signature));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** Positive, and without a leading zero. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | (bytes[0]! & 0x3f);
  return bytes;
}

/** RFC 5280, 4.2.1. */
function extensionsOf(subject: Party, issuer: Party, isRoot: boolean): Buffer[] {
  const signs = derBits(Buffer.of(0x80), 7);
  const signsCertificates = derBits(Buffer.of(0x06), 1);
  const authority = isRoot ? derElement("boolean", Buffer.of(0xff)) : Buffer.alloc(0);
  return [
    extension(ID.basicConstraints, derElement("sequence", authority), true),
    extension(ID.keyUsage, isRoot ? signsCertificates : signs, true),
    extension(ID.subjectKey, derElement("octets", keyId(subject))),
    extension(ID.authorityKey, derElement("sequence", derElement(0x80, keyId(issuer)))),
    ...(isRoot
      ? []
      : [extension(ID.extendedKeyUsage, derElement("sequence", derId(ID.emailProtection)))]),
  ];
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [derElement("boolean", Buffer.of(0xff))] : [];
  return derElement("sequence", derId(id), ...critical, derElement("octets", value));
}

function keyId({ publicKey }: Party): Buffer {
  return createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
}
