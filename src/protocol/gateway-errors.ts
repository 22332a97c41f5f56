import type { WireError } from "./wire-error.ts";

/**
 * Faults that the API gateway itself tells, in the caller's language. Wordings are those of the original
 * gateway where they are known; `{name}` is filled from the error's details.
 */
export const GATEWAY_ERRORS = {
  "unsupported-protocol": {
    code: "UnsupportedProtocol",
    en: "HTTP(S) request protocol error; only GET and POST requests are supported.",
    zh: "http(s) 请求协议错误，只支持 GET 和 POST 请求。",
    cause: "Another method than GET or POST, or a compressed body. Send a plain GET or POST.",
  },
  "unsupported-content-type": {
    code: "UnsupportedProtocol",
    en: "this action does not support Content-Type=`{contentType}`",
    zh: "该接口不支持 Content-Type=`{contentType}`",
    cause:
      "TC3 calls by POST need `application/json`, v1 calls by POST `application/x-www-form-urlencoded`.",
  },
  "request-too-large": {
    code: "RequestSizeLimitExceeded",
    en: "The request size exceeds the upper limit.",
    zh: "请求包超过限制大小。",
    cause:
      "A query over 32 KiB or a body over `FACELOOM_HTTP_MAX_BODY_BYTES`. Send pictures by URL.",
  },
  "malformed-request": {
    code: "InvalidParameter",
    en: "Incorrect parameter: {problem}",
    zh: "参数错误（包括参数格式、类型等错误）。",
    cause:
      "The body is not one JSON object in UTF-8, repeats a key, is nested deeper than 8 levels, has over 2000 parts, 500 000 escapes, 64 KiB beyond ASCII or 256 KiB outside of its texts.",
  },
  "malformed-form": {
    code: "InvalidParameter",
    en: "Url key and value should be splited by `=`.",
    zh: "Url 的键和值应以 `=` 分隔。",
    cause:
      "A part of the query or the form is not `key=value` in percent-encoded UTF-8. Encode names and values, `+` and `&` too.",
  },
  "missing-parameter": {
    code: "MissingParameter",
    en: "The request is missing a required parameter `{parameter}`.",
    zh: "请求缺少必传参数 `{parameter}` 。",
    cause:
      "The named parameter is not there, is null, or is an empty common parameter. Give it a value.",
  },
  "unknown-parameter": {
    code: "UnknownParameter",
    en: "The parameter `{parameter}` is not recognized.",
    zh: "未知参数错误，参数 `{parameter}` 未定义。",
    cause: "The action has no such parameter. Mind upper and lower case.",
  },
  "wrong-parameter-type": {
    code: "InvalidParameter",
    en: "The value type of parameter `{parameter}` is not valid, input type should be `{type}`",
    zh: "参数 `{parameter}` 的类型不正确，应为 `{type}`",
    cause: "For example a number where a string belongs. Mind quotes in JSON.",
  },
  "invalid-parameter-value": {
    code: "InvalidParameterValue",
    en: "The value `{value}` specified in the parameter `{parameter}` is not valid",
    zh: "参数 `{parameter}` 的取值 `{value}` 错误",
    cause:
      "A common parameter has a value that cannot be meant, such as a timestamp of letters. Send what docs/api.md names.",
  },
  "nonce-invalid": {
    code: "InvalidParameter",
    en: "Parameter `Nonce` type error.",
    zh: "参数 `Nonce` 类型错误。",
    cause: "v1 calls need a whole number as `Nonce`. Send one.",
  },
  "authorization-malformed": {
    code: "AuthFailure.InvalidAuthorization",
    en: "The request `Authorization` header does not conform to tencentcloud standards: {problem}.",
    zh: "请求头部的 Authorization 不符合腾讯云标准：{problem}。",
    cause:
      "The header has another form than TC3-HMAC-SHA256 prescribes, or a header that decides about trust was sent twice. Hold it against `faceloom sign`.",
  },
  "secret-id-not-found": {
    code: "AuthFailure.SecretIdNotFound",
    en: "The SecretId is not found, please ensure that your SecretId is correct.",
    zh: "SecretId不存在，请输入正确的密钥。",
    cause: "No account of this server has the SecretId. Look for blanks around it.",
  },
  "signature-expired": {
    code: "AuthFailure.SignatureExpire",
    en: "The signature is expired, please request again.",
    zh: "签名过期。Timestamp 和服务器时间相差不得超过五分钟，请检查本地时间是否和标准时间同步。",
    cause:
      "The timestamp differs from the server's clock by more than 300 s. Set the clock of the caller, or the server's.",
  },
  "signature-mismatch": {
    code: "AuthFailure.SignatureFailure",
    en: "The provided credentials could not be validated. Please check your signature is correct.",
    zh: "请求签名验证失败，请检查您的签名计算是否正确。",
    cause:
      "Wrong SecretKey, or something was changed after signing. The server's log names what differs, where it can, and has the digests it computed; `faceloom sign --explain` prints the caller's side.",
  },
  "signature-replayed": {
    code: "AuthFailure.SignatureExpire",
    en: "The signature has been used before, please sign and request again.",
    zh: "签名已被使用，请重新签名后再次请求。",
    cause:
      "The same signed request came a second time and the server runs with `FACELOOM_REPLAYS=reject`. Two equal TC3 calls of one second have the same signature. Sign again.",
  },
  "signature-family-refused": {
    code: "AuthFailure.SignatureFailure",
    en: "The provided credentials could not be validated, please use new signature method `TC3-HMAC-SHA256`.",
    zh: "请求签名验证失败，请使用签名方法 `TC3-HMAC-SHA256`。",
    cause:
      "A v1 signature on a server that runs with `FACELOOM_ALLOW_V1_SIGNATURE=false`. Sign by TC3-HMAC-SHA256.",
  },
  "signed-body-too-large": {
    code: "AuthFailure.SignatureFailure",
    en: "The provided credentials could not be validated because of exceeding request size limit, please use new signature method `TC3-HMAC-SHA256`.",
    zh: "请求包超过限制大小，签名验证失败，请使用签名方法 `TC3-HMAC-SHA256`。",
    cause: "A v1 call with a body over 1 MiB. Sign by TC3-HMAC-SHA256, or send pictures by URL.",
  },
  "token-invalid": {
    code: "AuthFailure.TokenFailure",
    en: "Token error.",
    zh: "token 错误。",
    cause:
      "`X-TC-Token` (`Token` in v1 calls) was sent with a permanent key, is not that of the temporary key, or the key has ended. Ask for a new key.",
  },
  "not-permitted": {
    code: "AuthFailure.UnauthorizedOperation",
    en: "You are not authorized to perform this operation. Check your CAM policies, and ensure that you are using the correct access keys. [[request id:{requestId}]you are not authorized to perform operation (facefusion:{action})\nresource (*) has no permission]",
    zh: "操作未授权，请检查CAM策略。[[request id:{requestId}]you are not authorized to perform operation (facefusion:{action})\nresource (*) has no permission]",
    cause:
      "The account may not call this action; an operator decides with `faceloom accounts set`.",
  },
  "consent-missing": {
    code: "AuthFailure.UnauthorizedOperation",
    en: "This account must attest the consent of the persons shown: send the header `X-Faceloom-Consent`.",
    zh: "该账号须声明已取得被编辑者的同意：请发送请求头 `X-Faceloom-Consent`。",
    cause:
      "The account must attest consent with every fusing call, and the header is missing or is no reference of 1 to 128 letters, digits and `_ . : / @ + -`. See docs/privacy.md.",
  },
  "action-unknown": {
    code: "InvalidAction",
    en: "The request `Action` is invalid or not found.",
    zh: "接口不存在。",
    cause:
      "No such action in this version, or another path than `/`. docs/api.md lists the actions.",
  },
  "version-unknown": {
    code: "NoSuchVersion",
    en: "The specified api version=`{version}` does not exist in service=`facefusion`.",
    zh: "接口版本不存在。",
    cause: "Another version than `2022-09-27`. Send this one.",
  },
  "region-invalid": {
    code: "InvalidParameterValue",
    en: "A value specified in `{parameter}` is not valid, is unsupported, or cannot be used.",
    zh: "参数 `{parameter}` 的取值错误，地域不存在或不支持。",
    cause: "The region is not of the form `ap-guangzhou`. Any of that form is taken.",
  },
  "rate-exceeded": {
    code: "RequestLimitExceeded",
    en: "Your current request times equals to `{count}` in a second, which exceeds the frequency limit `{limit}` for a second. Please reduce the frequency of calls.",
    zh: "您当前每秒请求 `{count}` 次，超过了每秒频率上限 `{limit}`，请稍后重试。",
    cause:
      "More calls of the action in one second and region than the account's rate, or `FACELOOM_RATE_PER_SECOND` where it has none. Wait a second.",
  },
  overloaded: {
    code: "RequestLimitExceeded",
    en: "The server has no room for another request right now. Please retry in a second.",
    zh: "服务繁忙，请稍后重试。",
    cause: "The queue is full, too many pixels are in work, or the server is stopping. Retry.",
  },
  cancelled: {
    code: "InternalError",
    en: "The request was cancelled.",
    zh: "请求已取消。",
    cause: "The caller hung up before the answer was ready; nobody reads this answer.",
  },
  "configuration-invalid": {
    code: "InternalError",
    en: "An internal error has occurred. Retry your request, but if the problem persists, contact us.",
    zh: "内部错误。",
    cause: "Never from a running server: it does not start with a wrong configuration.",
  },
} as const satisfies Record<string, WireError>;
