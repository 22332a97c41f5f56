import { createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AppError } from "../../base/app-error.ts";
import type { CoseKey } from "./cose-signature.ts";

/** Files of an operator's certificate, in PEM. */
export interface CertificateFiles {
  /** The signer's certificate first, then those above it. */
  readonly certificate: string;
  /** The key of the first, not encrypted. */
  readonly key: string;
}

/** The settings of the same: both or none. */
export type CertificateSettings = { readonly [K in keyof CertificateFiles]: string | undefined };

/** Returns the files named by the settings; undefined when there are none. */
export function certificateFilesOf(settings: CertificateSettings): CertificateFiles | undefined {
  const { certificate, key } = settings;
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

/** A key that C2PA allows, with its certificates. */
export interface SigningKey extends CoseKey {
  /** The algorithm's name in C2PA. */
  readonly name: string;
}

/** Reads and checks certificate and key. Throws `configuration-invalid` that says what is wrong. */
export async function loadSigningKey(files: CertificateFiles): Promise<SigningKey> {
  const chain = certificatesIn(await readPem(files.certificate), files.certificate);
  const key = keyIn(await readPem(files.key), files.key);
  const [own] = chain;
  if (!own?.checkPrivateKey(key)) {
    throw unusable(`The key in ${files.key} is not that of the first certificate.`);
  }
  const { name, algorithm, digest, options } = algorithmOf(key);
  return {
    ...{ name, algorithm },
    chain: chain.filter((one, i) => i === 0 || one.subject !== one.issuer).map(({ raw }) => raw),
    sign: (bytes) => sign(digest, bytes, { key, ...options }),
  };
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw unusable(`${file} cannot be read (${code}).`, cause);
  }
}

function certificatesIn(pem: string, file: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw unusable(`${file} holds no certificate in PEM.`);
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (cause) {
    throw unusable(`${file} holds a certificate that cannot be read.`, cause);
  }
}

function keyIn(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw unusable(`${file} holds no private key in PEM, or an encrypted one.`, cause);
  }
}

interface Algorithm {
  readonly name: string;
  readonly algorithm: number;
  readonly digest: string | null;
  readonly options: Readonly<Record<string, unknown>>;
}

const ECDSA = { dsaEncoding: "ieee-p1363" };

/** Signature algorithms of C2PA 2.1, 13.2, with their numbers in the COSE registry. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  prime256v1: { name: "es256", algorithm: -7, digest: "sha256", options: ECDSA },
  secp384r1: { name: "es384", algorithm: -35, digest: "sha384", options: ECDSA },
  secp521r1: { name: "es512", algorithm: -36, digest: "sha512", options: ECDSA },
  ed25519: { name: "ed25519", algorithm: -8, digest: null, options: {} },
};

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm {
  const found = ALGORITHMS[asymmetricKeyDetails?.namedCurve ?? asymmetricKeyType ?? ""];
  if (found === undefined) {
    throw unusable("The key for Content Credentials is on P-256, P-384 or P-521, or Ed25519.");
  }
  return found;
}

function unusable(message: string, cause?: unknown): AppError {
  return new AppError("configuration-invalid", message, { cause });
}
