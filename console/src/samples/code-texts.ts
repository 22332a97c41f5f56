import type { Text, Texts } from "../i18n/texts.ts";

/** Texts around the code. */
export const CODE_TEXTS = {
  language: { en: "Language", zh: "语言" },
  install: { en: "Install", zh: "安装" },
  dependency: { en: "Dependency", zh: "依赖" },
  compile: { en: "Compile", zh: "编译" },
  saveCode: { en: "Save {file}", zh: "保存 {file}" },
  key: {
    en: "The code takes SecretId and SecretKey from the environment variables TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.",
    zh: "代码从环境变量 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY 读取 SecretId 和 SecretKey。",
  },
  files: { en: "It reads these pictures:", zh: "代码读取以下图片：" },
} as const satisfies Texts;

/** What to mind with some languages, by their id. */
export const CODE_NOTES: Readonly<Record<string, Text>> = {
  ruby: {
    en: "This client takes no port. Where the server has one of its own, the code uses the server as its HTTP proxy.",
    zh: "该客户端不支持端口。如果服务器使用自己的端口，代码会把服务器当作 HTTP 代理。",
  },
  cpp: {
    en: "This client takes no endpoint without a dot: 127.0.0.1, not localhost.",
    zh: "该客户端的 endpoint 必须包含点号：使用 127.0.0.1，而不是 localhost。",
  },
  dotnet: {
    en: "Older releases of this client sign by HmacSHA256 unless told otherwise, which takes bodies up to 1 MB only; the code asks for TC3.",
    zh: "该客户端的旧版本默认使用 HmacSHA256 签名，正文不能超过 1 MB；代码指定了 TC3。",
  },
  node: {
    en: "The file is CommonJS. With import, the package's own entry loads every product of the cloud.",
    zh: "此文件为 CommonJS。若用 import 引入包的主入口，会加载所有云产品。",
  },
};
