import { sha256Hex } from "../../protocol/digests.ts";

/** A signed request, to be shown with or without the steps on the way. */
export interface ShownSignature {
  /** Of TC3 only. */
  readonly canonicalRequest?: string;
  readonly stringToSign: string;
  readonly signature: string;
  /** What is sent: its name, such as `Headers`, and its text. */
  readonly sent: readonly (readonly [name: string, text: string])[];
}

/** Writes what a client would send, and nothing else. */
export function sentText({ sent }: ShownSignature): string {
  return sent.map(([, text]) => `${text}\n`).join("");
}

/** Writes every step of a signature with its digest, then what a client would send. */
export function explainedText(signature: ShownSignature): string {
  const { canonicalRequest, stringToSign } = signature;
  const steps: (readonly [name: string, text: string])[] = [
    ...(canonicalRequest === undefined ? [] : withDigest("canonical request", canonicalRequest)),
    ...withDigest("string to sign", stringToSign),
    ["Signature", signature.signature],
    ...signature.sent,
  ];
  return steps.map(([name, text]) => `${name}:\n${text}\n`).join("\n");
}

function withDigest(name: string, text: string): (readonly [name: string, text: string])[] {
  return [
    [`${name[0]!.toUpperCase()}${name.slice(1)}`, text],
    [`SHA-256 of the ${name}`, sha256Hex(text)],
  ];
}
