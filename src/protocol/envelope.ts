import type { ErrorBody } from "./error-codes.ts";

/**
 * The one Content-Type of every answer. With a charset behind it, three official clients take errors for
 * successes.
 */
export const ENVELOPE_TYPE = "application/json";

/** What an answer may hold below its members. */
export type AnswerValue =
  | string
  | number
  | boolean
  | readonly AnswerValue[]
  | { readonly [name: string]: AnswerValue };

/** Members of a successful answer; a Buffer is ready-made ASCII text that needs no escaping (base64). */
export type AnswerMembers = Readonly<Record<string, AnswerValue | Buffer>>;

/**
 * Writes a successful answer as pieces of UTF-8, `RequestId` last. Large texts stay the Buffers they are:
 * `JSON.stringify` of a 20 MB text would hold the event loop for 60 ms.
 */
export function successEnvelope(members: AnswerMembers, requestId: string): Buffer[] {
  const pieces: Buffer[] = [];
  let text = '{"Response":{';
  for (const [name, value] of Object.entries(members)) {
    text += `${JSON.stringify(name)}:`;
    if (Buffer.isBuffer(value)) {
      pieces.push(Buffer.from(`${text}"`), value);
      text = '",';
    } else {
      text += `${JSON.stringify(value)},`;
    }
  }
  pieces.push(Buffer.from(`${text}"RequestId":${JSON.stringify(requestId)}}}`));
  return pieces;
}

/** Writes an error answer, `Error` before `RequestId`. */
export function errorEnvelope(error: ErrorBody, requestId: string): Buffer[] {
  return [Buffer.from(JSON.stringify({ Response: { Error: error, RequestId: requestId } }))];
}
