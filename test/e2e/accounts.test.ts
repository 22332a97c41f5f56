import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
before(async () => {
  folder = await createTemporaryFolder();
});
after(() => folder[Symbol.asyncDispose]());

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the real program on the test's own store. */
function faceloom(...args: string[]): Promise<Outcome> {
  const env = { PATH: process.env.PATH, FACELOOM_DATA_DIR: folder.path };
  const program = path.join(ROOT, "bin/faceloom.js");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

async function printed(...args: string[]): Promise<string> {
  const { code, out, err } = await faceloom(...args);
  assert.equal(code, 0, err);
  return out;
}

test("accounts are made, changed, given keys and listed; secrets are printed once", async () => {
  const made = await printed("accounts", "create", "shop", "--quota", "1000");
  const secretKey = /^SecretKey: +(\w{32})$/m.exec(made)?.[1];
  const secretId = /^SecretId: +(AKID\w{32})$/m.exec(made)?.[1];
  assert.ok(secretKey && secretId, made);
  assert.match(made, /^Rate: +FuseFaceUltra 2\/s, DescribeMaterialList 1\/s; else the server's$/m);
  assert.match(made, /^Quota: +1000 calls a month$/m);

  const changed = await printed(
    ...["accounts", "set", "shop", "--state", "frozen", "--actions", "FuseFaceUltra"],
    ...["--rate", "FuseFaceUltra=server", "--rate", "5", "--quota", "none", "--balance", "7"],
  );
  for (const line of [
    /^State: +frozen$/m,
    /^Actions: +FuseFaceUltra$/m,
    /^Rate: +DescribeMaterialList 1\/s, every other action 5\/s; else the server's$/m,
    /^Quota: +none$/m,
    /^Balance: +7 calls left$/m,
  ]) {
    assert.match(changed, line);
  }

  const second = await printed("accounts", "rotate-key", secretId, "--retire", secretId);
  assert.match(second, /^SecretKey: +\w{32}$/m);
  const temporary = await printed("accounts", "temporary-key", "shop", "--seconds", "60");
  assert.match(temporary, /^Token: +\w{64}$/m);

  const shown = await printed("accounts", "show", "shop");
  assert.equal(shown.match(/^Key: /gm)?.length, 2);
  assert.match(shown, /^Key: .* temporary, ends 20/m);
  assert.equal(shown.includes(secretKey) || shown.includes(secretId), false);
  assert.match(await printed("accounts", "list"), / frozen .* shop .* 2 keys$/m);
  assert.equal(await printed("accounts", "usage", "shop"), "");
});

for (const [args, code, told] of [
  [["accounts"], 2, /Give one of create, list/],
  [["accounts", "show"], 2, /ACCOUNT is missing/],
  [["accounts", "create", "a b"], 2, /A name has/],
  [["accounts", "show", "nobody"], 1, /There is no account nobody/],
  [["accounts", "create", "x", "--state", "rich"], 2, /--state is one of active/],
  [["accounts", "create", "x", "--rate", "many"], 2, /--rate is/],
  [["accounts", "create", "x", "--quota", "-1"], 2, /quota/],
  [["accounts", "create", "x", "--actions", ""], 2, /--actions is/],
] as const) {
  test(`faceloom ${args.join(" ")}: ends with ${code} and one line that says why`, async () => {
    const { code: ended, err } = await faceloom(...args);
    assert.equal(ended, code, err);
    assert.match(err, /^faceloom: [^\n]+\n$/);
    assert.match(err, told);
  });
}

test("sign --explain prints each step of a signature that hashes and HMACs alone can repeat", async () => {
  const file = path.join(folder.path, "body.json");
  writeFileSync(file, "{}");
  const explained = await printed(
    ...["sign", "https://Example.com", "--secret-id", "AKIDx", "--secret-key", "key"],
    ...["--data", file, "--timestamp", "1700000000", "--service", "cvm", "--explain"],
  );
  assert.match(
    explained,
    /^Canonical request:\nPOST\n\/\n\ncontent-type:application\/json\nhost:example\.com\nx-tc-action:fusefaceultra\n\ncontent-type;host;x-tc-action\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n/,
  );
  assert.match(
    explained,
    /^String to sign:\nTC3-HMAC-SHA256\n1700000000\n2023-11-14\/cvm\/tc3_request\n[\da-f]{64}$/m,
  );
  const text = /^String to sign:\n([\s\S]*?)\n\n/m.exec(explained)?.[1] ?? "";
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data);
  const derived = ["2023-11-14", "cvm", "tc3_request", text].reduce<string | Buffer>(
    (key, part) => hmac(key, part).digest(),
    "TC3key",
  );
  const signature = derived.toString("hex");
  assert.match(explained, new RegExp(`^Signature:\n${signature}$`, "m"));
  assert.ok(explained.includes(`Signature=${signature}\n`));
});
