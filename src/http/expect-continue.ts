import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** Callers that wait for a `100 Continue` before they send a body. */
export interface ExpectContinue {
  /** Lets the caller send, if it waits. */
  allow(message: IncomingMessage): void;
  /** Tells whether the caller still waits: its body will not come, so that its connection cannot be used again. */
  isWaiting(message: IncomingMessage): boolean;
}

/** Takes the decision about `Expect: 100-continue` from Node, which would let everybody send. */
export function createExpectContinue(server: Server): ExpectContinue {
  const waiting = new WeakMap<IncomingMessage, ServerResponse>();
  server.on("checkContinue", (message: IncomingMessage, response: ServerResponse) => {
    waiting.set(message, response);
    server.emit("request", message, response);
  });
  return {
    allow(message) {
      waiting.get(message)?.writeContinue();
      waiting.delete(message);
    },
    isWaiting: (message) => waiting.has(message),
  };
}
