import type { Text } from "../../i18n/texts.ts";
import type { FindingKind } from "../../signature/inspection.ts";

/** The words of every finding but those that the server has words for. */
export const FINDING_TEXTS: Readonly<Record<Exclude<FindingKind, "server-fault">, Text>> = {
  "raw-empty": { en: "There is no request.", zh: "没有请求内容。" },
  "raw-no-headers": { en: "There are no headers.", zh: "没有请求头。" },
  "raw-bad-header": {
    en: "A line before the empty line is no header (Name: value).",
    zh: "空行之前有一行不是请求头（名称: 值）。",
  },
  "content-length": {
    en: "Content-Length says {said} bytes, the pasted body has {found}: it is not the body that was sent, or something between cut or changed it.",
    zh: "Content-Length 为 {said} 字节，而粘贴的正文有 {found} 字节：这不是实际发送的正文，或者中途被截断、改动。",
  },
  expired: {
    en: "X-TC-Timestamp is {sent}, {seconds} s from now; the server takes 300 s. Fine if the request is an old one, else the clock of the client is wrong.",
    zh: "X-TC-Timestamp 为 {sent}，与当前相差 {seconds} 秒；服务器只接受 300 秒以内。如果是旧请求则无妨，否则客户端时钟有误。",
  },
  "timestamp-milliseconds": {
    en: "The timestamp {sent} is not in seconds; milliseconds have three digits too many.",
    zh: "时间戳 {sent} 不是以秒为单位；毫秒多了三位数字。",
  },
  "region-missing": {
    en: "There is no region (X-TC-Region, Region). The server wants one unless FACELOOM_REQUIRE_REGION is false. It is not part of the signature.",
    zh: "没有地域（X-TC-Region、Region）。除非 FACELOOM_REQUIRE_REGION 为 false，否则服务器要求提供。地域不参与签名。",
  },
  "service-other": {
    en: "The service in the credential scope is {sent}. This server takes any unless FACELOOM_STRICT_SCOPE is true; the original takes facefusion only.",
    zh: "凭证范围中的服务为 {sent}。除非 FACELOOM_STRICT_SCOPE 为 true，本服务器接受任意服务名；原服务只接受 facefusion。",
  },
  "date-local": {
    en: "The scope's date is {sent}, the timestamp's date in UTC is {right}: the client took the local date.",
    zh: "凭证范围的日期是 {sent}，而时间戳的 UTC 日期是 {right}：客户端使用了本地日期。",
  },
  "date-wrong": {
    en: "The scope's date is {sent}, the timestamp's date in UTC is {right}.",
    zh: "凭证范围的日期是 {sent}，而时间戳的 UTC 日期是 {right}。",
  },
  "signature-form": {
    en: "The signature is not 64 hexadecimal digits in lower case.",
    zh: "签名不是 64 位小写十六进制数字。",
  },
  "signed-headers-case": {
    en: "SignedHeaders ({sent}) must be in lower case.",
    zh: "SignedHeaders（{sent}）必须为小写。",
  },
  "signed-headers-order": {
    en: "SignedHeaders must be in order and without repetition: {right}, not {sent}.",
    zh: "SignedHeaders 必须按序且不重复：应为 {right}，而不是 {sent}。",
  },
  "signed-headers-required": {
    en: "SignedHeaders must name {names}.",
    zh: "SignedHeaders 必须包含 {names}。",
  },
  "signed-header-missing": {
    en: "Signed but not sent: {names}. A proxy may have removed it, or it was left out when pasting.",
    zh: "已签名但未发送：{names}。可能被代理移除，或粘贴时遗漏。",
  },
  "unsigned-payload": {
    en: "X-TC-Content-SHA256 is UNSIGNED-PAYLOAD: the body is not signed. The server may be set to refuse that.",
    zh: "X-TC-Content-SHA256 为 UNSIGNED-PAYLOAD：正文未签名。服务器可以设置为拒绝这种请求。",
  },
  "key-missing": {
    en: "Without the SecretKey the signature itself cannot be checked.",
    zh: "没有 SecretKey，无法检查签名本身。",
  },
  "key-is-id": {
    en: "The SecretKey begins with AKID: that is a SecretId. The two are swapped.",
    zh: "SecretKey 以 AKID 开头：这是 SecretId。两者填反了。",
  },
  "key-right": {
    en: "The signature fits your string to sign: the SecretKey is right, and the texts differ where they are marked below.",
    zh: "签名与你的待签名字符串相符：SecretKey 正确，文本差异见下方标记。",
  },
  "key-wrong": {
    en: "The signature does not even fit your own string to sign: it was made with another SecretKey, or derived in another way.",
    zh: "签名与你自己的待签名字符串也不相符：使用了其他 SecretKey，或派生方式不同。",
  },
  "canonical-differs": {
    en: "Your canonical request differs from the server's; see below where.",
    zh: "你的规范请求串与服务器的不同，差异见下。",
  },
  "canonical-same": {
    en: "Your canonical request is the server's.",
    zh: "你的规范请求串与服务器的相同。",
  },
  "string-differs": {
    en: "Your string to sign differs from the server's; see below where.",
    zh: "你的待签名字符串与服务器的不同，差异见下。",
  },
  "string-same": {
    en: "Your string to sign is the server's.",
    zh: "你的待签名字符串与服务器的相同。",
  },
  "host-spelling": {
    en: "The host was signed as {text}, not as it was sent. The server takes that, as some official clients do so.",
    zh: "签名使用的主机为 {text}，与发送的不同。服务器接受这种写法，因为部分官方客户端如此。",
  },
  "value-spelling": {
    en: "{name} was signed as {text}, not in lower case. The server takes that.",
    zh: "{name} 以 {text} 签名，未转为小写。服务器接受这种写法。",
  },
  accepted: { en: "The signature fits.", zh: "签名相符。" },
  "difference-body-empty": {
    en: "Another body was signed: the empty one.",
    zh: "签名的正文不同：签名时正文为空。",
  },
  "difference-body-unsigned": {
    en: "UNSIGNED-PAYLOAD was signed in place of the body, but the header X-TC-Content-SHA256 that says so is missing.",
    zh: "签名时用 UNSIGNED-PAYLOAD 代替了正文，但缺少说明此事的 X-TC-Content-SHA256 请求头。",
  },
  "difference-body-trimmed": {
    en: "The body was signed without the blanks around it.",
    zh: "签名的正文去掉了首尾空白。",
  },
  "difference-body-line-break": {
    en: "The body was signed with a line break at its end.",
    zh: "签名的正文末尾多了一个换行。",
  },
  "difference-body-rewritten": {
    en: "The same JSON was signed in another spelling (blanks, escapes): sign the bytes that are sent.",
    zh: "签名的是同一 JSON 的另一种写法（空格、转义）：请对实际发送的字节签名。",
  },
  "difference-body-crlf": {
    en: "The body was signed with other line breaks (CRLF or LF).",
    zh: "签名的正文换行符不同（CRLF 或 LF）。",
  },
  "difference-host": {
    en: "The host was signed as {signed}, and sent as {sent}.",
    zh: "签名的主机为 {signed}，实际发送为 {sent}。",
  },
  "difference-content-type": {
    en: "The content type was signed as “{signed}”, and sent as “{sent}”.",
    zh: "签名的内容类型为“{signed}”，实际发送为“{sent}”。",
  },
  "difference-method": {
    en: "The method was signed as {signed}.",
    zh: "签名的请求方法为 {signed}。",
  },
  "difference-header-order": {
    en: "The headers were joined in another order: they must be sorted by name.",
    zh: "请求头拼接顺序不同：必须按名称排序。",
  },
  "difference-query-empty": {
    en: "The query was signed as empty.",
    zh: "签名的查询字符串为空。",
  },
  "difference-query-order": {
    en: "The query was signed in another order than it was sent.",
    zh: "签名的查询字符串顺序与发送的不同。",
  },
  "difference-query-decoded": {
    en: "The query was signed decoded: sign it as it is sent, percent-encoded.",
    zh: "签名的是解码后的查询字符串：应按发送时的百分号编码签名。",
  },
  "difference-service": {
    en: "The signing key was derived for the service {signed}, the scope names {sent}.",
    zh: "签名密钥按服务 {signed} 派生，而凭证范围写的是 {sent}。",
  },
  "difference-date": {
    en: "The signing key was derived for {signed}, the scope names {sent}.",
    zh: "签名密钥按日期 {signed} 派生，而凭证范围写的是 {sent}。",
  },
  "difference-key-bare": {
    en: "The SecretKey was used without the prefix TC3.",
    zh: "使用 SecretKey 时缺少前缀 TC3。",
  },
  "difference-key-line-break": {
    en: "The SecretKey was used with a line break at its end, as read from a file.",
    zh: "SecretKey 末尾带有换行，可能是从文件读取时带入。",
  },
  "difference-key-blank": {
    en: "The SecretKey was used with a blank at its end.",
    zh: "SecretKey 末尾带有空格。",
  },
  "difference-unexplained": {
    en: "The signature was made with another SecretKey, over another body, or over another signed header. Give what your client computed below, and the page can tell which.",
    zh: "签名使用了其他 SecretKey、其他正文或其他已签名的请求头。在下方提供你的客户端计算的内容，即可判断是哪一种。",
  },
  "nonce-form": { en: "Nonce must be a whole number.", zh: "Nonce 必须是整数。" },
  "v1-method": {
    en: "The method was signed as {signed}, and sent as {sent}.",
    zh: "签名的请求方法为 {signed}，实际发送为 {sent}。",
  },
  "v1-hash": {
    en: "It was signed by {signed}, but SignatureMethod says {sent}.",
    zh: "签名算法是 {signed}，而 SignatureMethod 为 {sent}。",
  },
  "v1-host": {
    en: "The host was signed as {signed}, and sent as {sent}.",
    zh: "签名的主机为 {signed}，实际发送为 {sent}。",
  },
  "v1-values-encoded": {
    en: "The values were signed percent-encoded: sign them as they are.",
    zh: "签名的是百分号编码后的值：应使用原始值。",
  },
  "v1-values-plus": {
    en: "A + in a value was sent without percent-encoding, so the server reads a blank: send %2B.",
    zh: "值中的 + 未做百分号编码，服务器读作空格：应发送 %2B。",
  },
  "v1-values-empty": {
    en: "Empty values were sent but left out of the signed text.",
    zh: "发送了空值，但签名文本中没有包含。",
  },
  "v1-lists-array": {
    en: "Lists were signed as the word Array, as the PHP client does: use TC3.",
    zh: "列表以单词 Array 参与签名（PHP 客户端的行为）：请使用 TC3。",
  },
  "v1-hash-left-out": {
    en: "SignatureMethod was sent but left out of the signed text.",
    zh: "发送了 SignatureMethod，但签名文本中没有包含。",
  },
  "v1-order": {
    en: "The parameters were signed in the order they were sent: sort them by name.",
    zh: "参数按发送顺序签名：应按名称排序。",
  },
  "v1-path": {
    en: "The path / between host and ? was not signed.",
    zh: "主机与 ? 之间的路径 / 没有参与签名。",
  },
  "v1-signature-plus": {
    en: "A + in the signature was sent without percent-encoding, so the server reads a blank: send %2B.",
    zh: "签名中的 + 未做百分号编码，服务器读作空格：应发送 %2B。",
  },
  "v1-key-line-break": {
    en: "The SecretKey was used with a line break at its end, as read from a file.",
    zh: "SecretKey 末尾带有换行，可能是从文件读取时带入。",
  },
  "v1-key-blank": {
    en: "The SecretKey was used with a blank at its end.",
    zh: "SecretKey 末尾带有空格。",
  },
  "v1-key-prefixed": {
    en: "The SecretKey was used with the prefix TC3, which belongs to the other signature.",
    zh: "SecretKey 带上了前缀 TC3，那属于另一种签名。",
  },
  "v1-unexplained": {
    en: "The signature was made with another SecretKey or over other parameters. Give your string to sign below, and the page can tell which.",
    zh: "签名使用了其他 SecretKey 或其他参数。在下方提供你的待签名字符串，即可判断是哪一种。",
  },
};
