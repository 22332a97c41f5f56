import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "../support/running-server.ts";
import { envelopeOf, sendTc3, type Tc3Options } from "../support/tc3-client.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

/** A signed call that costs nothing: it is refused once it has been taken as the caller's. */
const CALL: Tc3Options = { body: "{}", signed: { values: { host: "127.0.0.1" } } };

test("a server that refuses replays still knows them after a restart", async () => {
  await using folder = await createTemporaryFolder();
  const settings = {
    FACELOOM_REPLAYS: "reject",
    FACELOOM_WORKERS: "1",
    FACELOOM_DATA_DIR: folder.path,
    FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDreplay",
    FACELOOM_BOOTSTRAP_SECRET_KEY: "a-key-of-the-operator",
  };
  const key = { secretId: "AKIDreplay", secretKey: "a-key-of-the-operator" };
  const timestamp = Math.floor(Date.now() / 1000);
  const codes: (string | undefined)[] = [];
  for (let start = 0; start < 2; start++) {
    await using server = await startServer(settings);
    const answer = await sendTc3(server.url, key, { ...CALL, timestamp });
    codes.push(envelopeOf(answer).Error?.Code);
  }
  assert.deepEqual(codes, ["MissingParameter", "AuthFailure.SignatureExpire"]);
});
