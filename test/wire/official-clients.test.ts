import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, test } from "node:test";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import type { ClientCall, OfficialClient } from "../support/official-clients.ts";
import { OFFICIAL_CLIENTS, written } from "../support/official-clients.ts";
import { createRandom } from "../support/random.ts";

let gateway: Gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway[Symbol.asyncDispose]());

/** Its base64 has all that some client escapes or another reads as a blank. */
const PICTURE = Buffer.from([0xff, 0xff, 0xfe, 0xfb, 0xef, 0xbe, 0x00]);
/** As evenly spread as a compressed picture is. */
const LARGE_PICTURE = Buffer.from(Array.from({ length: 1_000_000 }, bytesOf(createRandom(3))));
const URL_OF = (name: string): string => `https://a.example/${name}.png?a=1&b=<'2'>+%20中😀`;

function bytesOf(random: () => number): () => number {
  return () => Math.floor(random() * 256);
}

const BASE64_CALL = {
  RspImgType: "base64",
  ModelImage: PICTURE.toString("base64"),
  MergeInfos: [
    {
      Image: PICTURE.toString("base64"),
      InputImageFaceRect: { X: 1, Y: 2, Width: 30, Height: 40 },
    },
  ],
  FusionUltraParam: { WarpRadio: 0.5, TeethEnhanceRadio: 1 },
  LogoAdd: 0,
  SwapModelType: 4,
};
const URL_CALL = {
  RspImgType: "url",
  ModelUrl: URL_OF("template"),
  MergeInfos: [{ Url: URL_OF("anna") }, { Url: URL_OF("ben") }],
};

const call = (parameters: object, change: Partial<ClientCall> = {}): ClientCall => ({
  host: new URL(gateway.address).host,
  key: gateway.key,
  parameters,
  time: Math.floor(Date.now() / 1000),
  ...change,
});

interface Answer {
  readonly head: string;
  readonly Response: {
    readonly FusedImage?: string;
    readonly RequestId: string;
    readonly Error?: { readonly Code: string; readonly Message: string };
  };
}

/** Reads one answer, by its length, from a connection that may stay open. */
async function readAnswer(socket: Socket): Promise<Answer> {
  let text = "";
  for (;;) {
    const end = text.indexOf("\r\n\r\n");
    const head = text.slice(0, Math.max(0, end));
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? Number.NaN);
    const body = Buffer.from(text.slice(end + 4), "latin1");
    if (end > 0 && body.length >= length) {
      return { head, Response: JSON.parse(body.toString("utf8")).Response };
    }
    const [data] = await once(socket, "data", { signal: AbortSignal.timeout(10_000) });
    text += (data as Buffer).toString("latin1");
  }
}

function open(): Socket {
  const { hostname, port } = new URL(gateway.address);
  return connect(Number(port), hostname);
}

/** Sends a call as a client does, on a connection of its own or a given one. */
async function sent(client: OfficialClient, about: ClientCall, socket = open()): Promise<Answer> {
  const { head, body } = written(client, about);
  socket.write(head);
  if (head.includes("Expect: 100-continue")) {
    const [data] = await once(socket, "data", { signal: AbortSignal.timeout(10_000) });
    assert.match(String(data), /^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  }
  socket.write(body);
  return readAnswer(socket);
}

/** Some clients break on an answer that another would take. */
function assertForm({ head, Response }: Answer): void {
  assert.match(head, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(head, /^content-type: application\/json$/im);
  assert.match(head, /^x-tc-requestid: [\da-f-]{36}$/im);
  assert.doesNotMatch(head, /^(content-encoding|transfer-encoding):/im);
  assert.match(Response.RequestId, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
}

for (const client of OFFICIAL_CLIENTS) {
  const speaksChinese = /^x-tc-language: zh-CN$/im.test(client.head);
  const isClosing = /^connection: close$/im.test(client.head);

  test(`${client.name}: a call with base64 arrives as it was meant`, async () => {
    const answer = await sent(client, call(BASE64_CALL));
    assertForm(answer);
    assert.equal(answer.Response.FusedImage, Buffer.from("abcd").toString("base64"));
    const job = gateway.jobs.at(-1)!;
    assert.deepEqual(job.template, { kind: "bytes", bytes: PICTURE });
    assert.deepEqual(job.merges[0]?.user, { kind: "bytes", bytes: PICTURE });
    assert.deepEqual(job.merges[0]?.userFaceRect, { x: 1, y: 2, width: 30, height: 40 });
    const { reshapeStrength, enhanceTeeth, modelType } = job.options;
    assert.deepEqual([reshapeStrength, enhanceTeeth, modelType], [0.5, true, 4]);
    assert.equal("label" in job, false);
    assert.equal(/^connection: close$/im.test(answer.head), isClosing);
  });

  test(`${client.name}: calls with URLs arrive one after the other on one connection`, async () => {
    const socket = open();
    for (let i = 0; i < (isClosing ? 1 : 3); i++) {
      const answer = await sent(client, call(URL_CALL), socket);
      assertForm(answer);
      assert.match(answer.Response.FusedImage ?? "", /^http:\/\/127\.0\.0\.1:\d+\/results\//);
      const job = gateway.jobs.at(-1)!;
      assert.deepEqual(job.template, { kind: "url", url: URL_OF("template") });
      assert.deepEqual(
        job.merges.map(({ user }) => user),
        [URL_OF("anna"), URL_OF("ben")].map((url) => ({ kind: "url", url })),
      );
    }
    socket.destroy();
  });

  test(`${client.name}: a body of more than a megabyte arrives`, async () => {
    const ModelImage = LARGE_PICTURE.toString("base64");
    const answer = await sent(client, call({ ...BASE64_CALL, ModelImage }));
    assert.equal(answer.Response.Error, undefined);
    const { template } = gateway.jobs.at(-1)!;
    assert.ok(template.kind === "bytes" && LARGE_PICTURE.equals(template.bytes));
  });

  test(`${client.name}: a wrong key and an empty region are told in its language`, async () => {
    const key = { ...gateway.key, secretKey: "wrong" };
    const wrong = await sent(client, call(URL_CALL, { key }));
    assertForm(wrong);
    assert.deepEqual(wrong.Response.Error, {
      Code: "AuthFailure.SignatureFailure",
      Message: speaksChinese
        ? "请求签名验证失败，请检查您的签名计算是否正确。"
        : "The provided credentials could not be validated. Please check your signature is correct.",
    });
    const nowhere = await sent(client, call(URL_CALL, { region: "" }));
    assertForm(nowhere);
    assert.deepEqual(nowhere.Response.Error, {
      Code: "MissingParameter",
      Message: speaksChinese
        ? "请求缺少必传参数 `Region` 。"
        : "The request is missing a required parameter `Region`.",
    });
  });
}

test("a machine that takes the server for the original needs no endpoint at all, even with the strict scope", async () => {
  await using strict = await startGateway({ environment: { FACELOOM_STRICT_SCOPE: "true" } });
  const { hostname, port } = new URL(strict.address);
  for (const client of OFFICIAL_CLIENTS) {
    const about = call(URL_CALL, { host: "facefusion.tencentcloudapi.com" });
    const { Response } = await sent(client, about, connect(Number(port), hostname));
    assert.equal(Response.Error, undefined, client.name);
  }
});

test("a client that would rather speak HTTP/2 is served as it came, as Java's own and curl's are", async () => {
  const [client] = OFFICIAL_CLIENTS;
  const extra =
    "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA";
  const upgrading = { ...client!, head: client!.head.replace("Connection: close", extra) };
  for (const parameters of [BASE64_CALL, URL_CALL]) {
    const answer = await sent(upgrading, call(parameters));
    assertForm(answer);
    assert.equal(answer.Response.Error, undefined);
  }
});

test("the clients that Gson, PHP and Python serialise for write JSON that differs from ours", () => {
  const bodies = new Set(OFFICIAL_CLIENTS.map(({ json }) => json(URL_CALL)));
  assert.equal(bodies.size, 6);
  for (const { json } of OFFICIAL_CLIENTS) assert.deepEqual(JSON.parse(json(URL_CALL)), URL_CALL);
});
