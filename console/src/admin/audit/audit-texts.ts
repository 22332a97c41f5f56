import type { Texts } from "../../i18n/texts.ts";

/** Texts of the page of calls. */
export const AUDIT_TEXTS = {
  title: { en: "Calls", zh: "调用" },
  lead: {
    en: "What was called, from the audit trail: never pictures, addresses or texts of a caller's.",
    zh: "审计记录中的调用，不含图片、地址或调用方的任何文本。",
  },
  account: { en: "Account", zh: "账号" },
  everyAccount: { en: "All", zh: "全部" },
  since: { en: "From", zh: "从" },
  until: { en: "Before", zh: "早于" },
  outcome: { en: "Outcome", zh: "结果" },
  anyOutcome: { en: "Any", zh: "全部" },
  ok: { en: "Succeeded", zh: "成功" },
  failed: { en: "Failed", zh: "失败" },
  requestId: { en: "RequestId", zh: "RequestId" },
  show: { en: "Show", zh: "显示" },
  none: { en: "No rows fit.", zh: "没有符合的记录。" },
  noneHere: {
    en: "No rows fit among those that were looked at.",
    zh: "本次查看的记录中没有符合的。",
  },
  newest: { en: "Newest", zh: "最新" },
  older: { en: "Older", zh: "更早" },
  time: { en: "Time", zh: "时间" },
  action: { en: "Action", zh: "接口" },
  duration: { en: "ms", zh: "毫秒" },
  faces: { en: "Faces", zh: "人脸" },
  sent: { en: "Pictures", zh: "图片" },
  client: { en: "From network", zh: "来源网段" },
  stranger: { en: "nobody's key", zh: "无匹配密钥" },
  emptied: { en: "emptied on request", zh: "已按请求清空" },
  deletion: {
    en: "{rows} rows emptied and {results} results deleted, of {owner}",
    zh: "已清空 {rows} 行、删除 {results} 个结果：{owner}",
  },
  forget: { en: "Delete all that is kept", zh: "删除全部留存" },
  forgetHelp: {
    en: "Deletes the stored results of one call or of an account and the content of their rows. That it was done stays written down.",
    zh: "删除一次调用或一个账号的已存储结果及其记录内容，并留下删除记录。",
  },
  ofWhat: { en: "Of", zh: "对象" },
  ofRequest: { en: "the call with this RequestId", zh: "此 RequestId 的调用" },
  ofAccount: { en: "the account with this id", zh: "此 id 的账号" },
  id: { en: "Id", zh: "id" },
  forgetText: {
    en: "Everything that is kept of {owner} is deleted for good.",
    zh: "将永久删除 {owner} 的全部留存。",
  },
  forgotten: { en: "{rows} rows, {results} results", zh: "{rows} 行，{results} 个结果" },
} as const satisfies Texts;
