import { explainTc3 } from "../../../src/protocol/tc3/sign-tc3.ts";
import type { SignatureDraft } from "./draft.ts";
import { EMPTY_DRAFT } from "./draft.ts";

/** Key and identifier of the original's documents; they open nothing. */
const SECRET_ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
const SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

/** Returns a request with a usual mistake: a proxy passes on another host than the client signed. */
export function exampleDraft(host: string, nowMs: number): SignatureDraft {
  const body = JSON.stringify({
    RspImgType: "url",
    ModelUrl: "https://example.com/template.jpg",
    MergeInfos: [{ Url: "https://example.com/user.jpg" }],
  });
  const { headers } = explainTc3({
    secretId: SECRET_ID,
    secretKey: SECRET_KEY,
    host: "facefusion.tencentcloudapi.com",
    action: "FuseFaceUltra",
    version: "2022-09-27",
    region: "ap-guangzhou",
    body,
    timestamp: Math.floor(nowMs / 1000),
  });
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => {
    return `${name}: ${value}`;
  });
  const text = `POST / HTTP/1.1\n${lines.join("\n")}\n\n${body}`;
  return { ...EMPTY_DRAFT, text, secretKey: SECRET_KEY };
}
