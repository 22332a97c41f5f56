import type { RunningServer } from "../support/running-server.ts";
import { callSigned } from "../support/signed-call.ts";
import { sendTc3 } from "../support/tc3-client.ts";
import type { Canaries } from "./canaries.ts";
import type { PictureOrigin } from "./picture-trials.ts";

/** What the calls are made with. */
export interface MarkedCalls {
  readonly server: RunningServer;
  readonly origin: PictureOrigin;
  readonly canaries: Canaries;
}

type Make = (made: MarkedCalls) => Promise<unknown>;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

function fuse({ server }: MarkedCalls, parameters: object): Promise<unknown> {
  return callSigned(server, "FuseFaceUltra", { RspImgType: "base64", ...parameters });
}

/** Asks for a fusion of pictures behind addresses whose queries hold a mark. */
function fuseByUrl(made: MarkedCalls, file: Uint8Array | undefined): Promise<unknown> {
  const { origin, canaries } = made;
  const url = file === undefined ? "http://127.0.0.1:9/x.jpg" : origin.offer(file);
  const marked = `${url}?token=${canaries.text}`;
  return fuse(made, { ModelUrl: marked, MergeInfos: [{ Url: marked }] });
}

function sendBody({ server }: MarkedCalls, body: string): Promise<unknown> {
  return sendTc3(server.url, server, { body });
}

/** Ways to call, right and wrong, each with marks wherever a caller may put something. */
const KINDS: readonly Make[] = [
  (made) => {
    const face = base64(made.canaries.face);
    return fuse(made, { ModelImage: face, MergeInfos: [{ Image: face }] });
  },
  (made) => {
    const face = base64(made.canaries.face);
    return fuse(made, { RspImgType: "url", ModelImage: face, MergeInfos: [{ Image: face }] });
  },
  (made) => fuseByUrl(made, made.canaries.face),
  (made) => fuseByUrl(made, made.canaries.faceless),
  (made) => fuseByUrl(made, undefined),
  (made) => {
    const cut = base64(made.canaries.face.subarray(0, 100_000));
    return fuse(made, { ModelImage: cut, MergeInfos: [{ Image: cut }] });
  },
  (made) => {
    const wrong = { ...made, server: { ...made.server, secretKey: "wrong" } };
    return fuse(wrong, { ModelImage: base64(made.canaries.face), MergeInfos: [] });
  },
  (made) => sendBody(made, `{"ModelImage":"${base64(made.canaries.face)}",`),
  (made) => sendBody(made, `{"ModelImage":{"a":"${made.canaries.text}"}}`),
  (made) => fuse(made, { ModelUrl: `ftp://${made.canaries.text}/`, MergeInfos: [{ Url: "x" }] }),
  (made) => fuse(made, { ModelImage: `!${made.canaries.text}`, MergeInfos: [{ Image: "AAAA" }] }),
  async (made) => {
    // Goes away in the middle.
    const body = { ModelImage: base64(made.canaries.face), MergeInfos: [{ Image: "AAAA" }] };
    const signal = AbortSignal.timeout(20);
    await sendTc3(made.server.url, made.server, { body: JSON.stringify(body), signal });
  },
];

/** Place of the kind whose results are stored. */
const STORED_KIND = 1;

/** Makes `count` calls of all kinds, a few at a time, whatever comes of them; returns how many results were stored. */
export async function makeMarkedCalls(made: MarkedCalls, count: number): Promise<number> {
  let stored = 0;
  const numbers = Array.from({ length: count }, (_, i) => i).values();
  const work = async (): Promise<void> => {
    for (const i of numbers) {
      const kind = i % KINDS.length;
      const answer = await KINDS[kind]!(made).catch(() => undefined);
      const { fusedImage } = (answer ?? {}) as { fusedImage?: string };
      if (kind === STORED_KIND && fusedImage !== undefined) stored += 1;
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return stored;
}
