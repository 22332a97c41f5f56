/** Languages of the gateway's messages. */
export type Language = "en-US" | "zh-CN";

/** Reads `X-TC-Language` or `Language`; anything but Chinese is answered in English, as the original does. */
export function languageFrom(text: string | undefined): Language {
  return text?.toLowerCase() === "zh-cn" ? "zh-CN" : "en-US";
}
