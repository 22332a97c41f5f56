/** The actions that rates and permissions are set for. */
export const ACTIONS = ["FuseFaceUltra", "FuseFace", "DescribeMaterialList"] as const;
