import type { WireError } from "./wire-error.ts";

/**
 * Faults of the face fusion itself. The original answers these in Chinese whatever the language of the call,
 * and so do we; the English texts are for readers of the documents.
 */
export const BUSINESS_ERRORS = {
  "field-value-invalid": {
    code: "FailedOperation.ParameterValueError",
    en: "Parameter or value is invalid.",
    zh: "参数字段或者值有误。",
    cause:
      "`RspImgType` is neither `url` nor `base64`, not 1 to 6 `MergeInfos`, an unknown `SwapModelType`, a degree outside 0 to 100, a picture without URL and base64, or a logo without picture and place. Correct the field.",
  },
  "fusion-parameter-invalid": {
    code: "FailedOperation.ParameterValueError",
    en: "FusionParam is invalid.",
    zh: "FusionParam值不合法。",
    cause:
      "A value of `FusionUltraParam` outside 0 to 1, or a switch other than 0 and 1. Correct the value.",
  },
  "face-rect-invalid": {
    code: "InvalidParameterValue.FaceRectParameterValueError",
    en: "Face box parameters are invalid, or the face box is too small.",
    zh: "人脸框参数有误或者人脸框太小。",
    cause:
      "A face rectangle with a negative corner, a side under 30 px, or outside the picture. Measure on the picture as its EXIF orientation shows it, or leave the rectangle out.",
  },
  "picture-missing": {
    code: "FailedOperation.MediaDataError",
    en: "The picture is empty.",
    zh: "素材数据为空。",
    cause:
      "The URL answered with an empty file, or nothing stands behind a `data:` prefix. Send another picture.",
  },
  "picture-undecodable": {
    code: "FailedOperation.ImageDecodeFailed",
    en: "Image decoding failed.",
    zh: "人脸检测-图片解码失败。",
    cause:
      "Not a complete JPEG or PNG, or not strict base64. The URL-safe alphabet is not base64 here; a `data:` prefix, line breaks and missing padding are accepted.",
  },
  "picture-too-small": {
    code: "FailedOperation.ImageResolutionTooSmall",
    en: "The short edge resolution of the image is lower than 64 pixels.",
    zh: "图片短边分辨率小于64。",
    cause: "A side under 64 px. Send a larger picture.",
  },
  "picture-too-large": {
    code: "FailedOperation.ImageSizeInvalid",
    en: "The image size is too large or too small and does not meet algorithm requirements.",
    zh: "图片尺寸过大或者过小；不满足算法要求。",
    cause: "A side over 8000 px. Send a smaller picture.",
  },
  "picture-bytes-exceeded": {
    code: "FailedOperation.ImageSizeExceed",
    en: "The image after Base64 encoding exceeds in size.",
    zh: "输入图片base64数据大小超过5M。",
    cause:
      "A base64 field over 10 MiB or a file over 20 MiB behind a URL. Send a smaller file, or a URL in place of base64. The text is the original's and predates these limits.",
  },
  "picture-pixels-exceeded": {
    code: "FailedOperation.ImagePixelExceed",
    en: "The size of the material exceeds 1080*1080 pixels.",
    zh: "素材尺寸超过1080*1080像素。",
    cause:
      "A picture of more pixels than `FACELOOM_MAX_PICTURE_PIXELS`; never with its default. The text is the original's and names another size. Send a smaller picture.",
  },
  "moderation-refused": {
    code: "FailedOperation.ModerationFailed",
    en: "The material did not pass moderation.",
    zh: "素材审核失败。",
    cause:
      "A template, user photo or result is refused: by the operator's list, the content classifier or the operator's own service (docs/moderation.md). Send another picture.",
  },
  "moderation-unavailable": {
    code: "FailedOperation.ModerationConfigError",
    en: "The moderation configuration is empty.",
    zh: "审核配置为空。",
    cause:
      "Moderation is not set up: the list of refused pictures cannot be read, the content classifier has not been built, or the moderation service refuses requests (401, 403, 404, unknown name). An operator must look at it.",
  },
  "moderation-empty": {
    code: "FailedOperation.ModerationResultConfigError",
    en: "The moderation result configuration is empty.",
    zh: "审核结果配置为空。",
    cause:
      "Moderation's results have no meaning: the list of refused pictures names none, or the service's verdict is in neither `FACELOOM_MODERATION_WEBHOOK_ALLOWS` nor `…_BLOCKS`. An operator corrects it.",
  },
  "moderation-unreadable": {
    code: "FailedOperation.ModerationResponseError",
    en: "The moderation result is empty.",
    zh: "素材审核结果为空。",
    cause:
      "Moderation gave no result: the service did not answer in time, failed, or answered without a verdict, or the list of refused pictures has a line that is no SHA-256 (the log has its number). Retry; if it stays, an operator must look at it.",
  },
  "model-type-not-offered": {
    code: "ResourceNotFound",
    en: "The resource does not exist.",
    zh: "资源不存在。",
    cause:
      "This server does not offer the `SwapModelType` (`FACELOOM_MODEL_TYPES`). Choose another one.",
  },
  "result-empty": {
    code: "FailedOperation.Unknown",
    en: "Unknown error.",
    zh: "未知错误。",
    cause:
      "The engine answered without a picture. Retry; if it stays, an operator must look at it.",
  },
  "result-not-stored": {
    code: "FailedOperation.UnKnowError",
    en: "Internal error.",
    zh: "内部错误。",
    cause:
      "The result could not be kept, for another reason than lack of room. Ask for base64; an operator must look at the log.",
  },
  "url-illegal": {
    code: "InvalidParameterValue.UrlIllegal",
    en: "The URL format is invalid.",
    zh: "URL格式不合法。",
    cause:
      "Not http or https, a port other than 80 and 443, a user name in it, or over 2048 characters. Send another URL, or base64.",
  },
  "download-failed": {
    code: "FailedOperation.ImageDownloadError",
    en: "Image download failed.",
    zh: "图片下载失败。",
    cause:
      "The URL did not answer with a file in time, or leads to an address that is not public. Open it from the server's network, or send base64. The text is the same for all these.",
  },
  "face-not-found": {
    code: "FailedOperation.NoFaceDetected",
    en: "The face cannot be detected because the face box is too small.",
    zh: "无法检测出人脸, 人脸框配准分低于阈值。",
    cause:
      "No usable face in a picture or at the given rectangle. Send a photo that shows the face from the front, `faceloom detect` shows what is found.",
  },
  "face-too-small": {
    code: "FailedOperation.FaceSizeTooSmall",
    en: "The face was filtered because it was too small. It is recommended that the face size is not less than 34x34 pixels.",
    zh: "人脸因太小被过滤，建议人脸分辨率不小于34*34。",
    cause: "All faces that were found are smaller than 34 px. Send a larger picture of them.",
  },
  "account-opening": {
    code: "ResourceUnavailable.IsOpening",
    en: "The service is being opened, please wait.",
    zh: "服务正在开通中，请稍等。",
    cause:
      "The account's state is `opening`. Wait; an operator ends it with `faceloom accounts set NAME --state active`.",
  },
  "account-in-arrears": {
    code: "ResourceUnavailable.InArrears",
    en: "The account is in arrears.",
    zh: "账号已欠费。",
    cause: "The account's state is `arrears`. Pay the operator.",
  },
  "account-frozen": {
    code: "ResourceUnavailable.Freeze",
    en: "The account has been frozen.",
    zh: "账号已被冻结。",
    cause: "The account's state is `frozen`. Ask the operator.",
  },
  "account-stopped": {
    code: "ResourceUnavailable.StopUsing",
    en: "Services for the account has been stopped.",
    zh: "账号已停服。",
    cause: "The account's state is `stopped`. Ask the operator.",
  },
  "account-recovered": {
    code: "ResourceUnavailable.Recover",
    en: "The resource has been possessed.",
    zh: "资源已被回收。",
    cause: "The account's state is `recovered`: what it had was taken back. Ask the operator.",
  },
  "account-not-activated": {
    code: "ResourceUnavailable.NotExist",
    en: "The billing status is unknown. Check whether the service has been activated in the console.",
    zh: "计费状态未知，请确认是否已在控制台开通服务。",
    cause: "The account's state is `not-activated`. Ask the operator to open the service.",
  },
  "quota-exhausted": {
    code: "ResourceInsufficient",
    en: "Resources are insufficient.",
    zh: "资源不足。",
    cause:
      "The account made as many successful calls this month (UTC) as its quota allows. Wait for the next, or ask the operator for more.",
  },
  "balance-insufficient": {
    code: "FailedOperation.BalanceInsufficient",
    en: "Insufficient balance, failed to open, please recharge and open again.",
    zh: "余额不足，开通失败，请充值后再开通。",
    cause: "The account's prepaid calls are used up. Ask the operator for more.",
  },
  "activity-not-found": {
    code: "InvalidParameterValue.ActivityIdNotFound",
    en: "The activity id was not found.",
    zh: "未查找到活动id。",
    cause:
      "`ProjectId` or `ActivityId` names no activity of this server that the account may use. `faceloom materials list` shows them.",
  },
  "material-not-found": {
    code: "InvalidParameterValue.MaterialIdNotFound",
    en: "The material id was not found.",
    zh: "未查找到素材Id。",
    cause:
      "`ModelId` or `MaterialId` names no material of the activity. `DescribeMaterialList` lists them.",
  },
  "material-gone": {
    code: "FailedOperation.FuseMaterialNotExist",
    en: "The material does not exist.",
    zh: "素材不存在。",
    cause:
      "The material is registered but its picture file is gone from the data folder. An operator must import it again.",
  },
  "material-not-approved": {
    code: "FailedOperation.FuseMaterialNotAuth",
    en: "The material has not been reviewed.",
    zh: "素材未经过审核。",
    cause:
      "The material's state is none of 1, 11 and 21. An operator approves it with `faceloom materials review`.",
  },
  "template-face-not-found": {
    code: "FailedOperation.TemplateFaceIDNotExist",
    en: "The face id of the material does not exist.",
    zh: "素材人脸ID不存在。",
    cause: "`TemplateFaceID` is no face of the material. `DescribeMaterialList` lists them.",
  },
  "resources-exhausted": {
    code: "ResourceInsufficient",
    en: "Resources are insufficient.",
    zh: "资源不足。",
    cause:
      "The server's disk is full or nearly so, or no worker is alive. An operator must look at it.",
  },
  "deadline-exceeded": {
    code: "FailedOperation.RequestTimeout",
    en: "The backend service timed out.",
    zh: "后端服务超时。",
    cause:
      "The whole call took longer than `FACELOOM_DEADLINE_MS`. Retry, or send smaller pictures.",
  },
  "worker-lost": {
    code: "FailedOperation.RpcFail",
    en: "RPC request failed, typically due to algorithm service malfunction.",
    zh: "RPC请求失败，一般为算法微服务故障。",
    cause: "The process that did the work died, twice. The pictures may be harmful: send others.",
  },
  internal: {
    code: "FailedOperation.InnerError",
    en: "Internal service error.",
    zh: "服务内部错误。",
    cause: "A mistake in this software; the log has it under the RequestId.",
  },
  "model-unavailable": {
    code: "FailedOperation.InnerError",
    en: "Internal service error.",
    zh: "服务内部错误。",
    cause: "A model file is missing or damaged; run `faceloom verify-models`.",
  },
} as const satisfies Record<string, WireError>;
