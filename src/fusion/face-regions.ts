/**
 * Point indices of the attention mesh by face part. "Left" and "right" are as seen in an upright, unmirrored
 * picture of the canonical face: left = smaller x.
 */

/** Outline of the face, clockwise from the forehead's middle. */
export const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148,
  176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const;

/** One eye: lid contour (corner at 0 and 8; lid pairs 3/13 and 5/11), two rings around it, iris (centre first). */
export interface EyeRegion {
  readonly lids: readonly number[];
  readonly ring1: readonly number[];
  readonly ring2: readonly number[];
  readonly iris: readonly number[];
}

export const LEFT_EYE: EyeRegion = {
  lids: [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
  ring1: [130, 247, 30, 29, 27, 28, 56, 190, 243, 112, 26, 22, 23, 24, 110, 25],
  ring2: [226, 113, 225, 224, 223, 222, 221, 189, 244, 233, 232, 231, 230, 229, 228, 31],
  iris: [468, 469, 470, 471, 472],
};

export const RIGHT_EYE: EyeRegion = {
  lids: [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249],
  ring1: [359, 467, 260, 259, 257, 258, 286, 414, 463, 341, 256, 252, 253, 254, 339, 255],
  ring2: [446, 342, 445, 444, 443, 442, 441, 413, 464, 453, 452, 451, 450, 449, 448, 261],
  iris: [473, 474, 475, 476, 477],
};

export const EYES = [LEFT_EYE, RIGHT_EYE] as const;

export const LIPS_OUTER = [
  61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
] as const;

export const LIPS_INNER = [
  78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
] as const;

/** Rings of the upper lip from the outer contour to the inner, nine columns each. */
export const UPPER_LIP_RINGS = [
  [185, 40, 39, 37, 0, 267, 269, 270, 409],
  [184, 74, 73, 72, 11, 302, 303, 304, 408],
  [183, 42, 41, 38, 12, 268, 271, 272, 407],
  [191, 80, 81, 82, 13, 312, 311, 310, 415],
] as const;

/** Rings of the lower lip from the outer contour to the inner, nine columns each. */
export const LOWER_LIP_RINGS = [
  [146, 91, 181, 84, 17, 314, 405, 321, 375],
  [77, 90, 180, 85, 16, 315, 404, 320, 307],
  [96, 89, 179, 86, 15, 316, 403, 319, 325],
  [95, 88, 178, 87, 14, 317, 402, 318, 324],
] as const;

/** Mouth corners from the outer contour to the inner: left, right. */
export const MOUTH_CORNERS = [
  [61, 76, 62, 78],
  [291, 306, 292, 308],
] as const;

export const LEFT_BROW = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46] as const;
export const RIGHT_BROW = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276] as const;

/** Zone of the left eye with its brow; the right one by mirror. */
export const LEFT_EYE_AND_BROW = [
  70, 63, 105, 66, 107, 55, 193, 245, 233, 232, 231, 230, 229, 228, 31, 226, 35, 124,
] as const;

/** Where the left lens and rim of glasses lie: from the brow to the cheek, from the nose to the temple; a hull. */
export const LEFT_GLASS = [71, 63, 105, 107, 168, 197, 126, 101, 50, 123, 227, 127, 34] as const;

export const NOSTRILS = [64, 98, 97, 2, 326, 327, 294, 458, 19, 238] as const;
export const LEFT_CHEEK = [117, 118, 119, 120, 100, 142, 203, 206, 207, 187, 147, 123] as const;
/** Skin that a smile folds: from the nose's wing to beside the mouth's corner and back above the lip; hulls. */
export const LEFT_FOLD = [129, 36, 205, 187, 207, 214, 212, 57, 186, 92, 165, 98] as const;
export const RIGHT_FOLD = [358, 266, 425, 411, 427, 434, 432, 287, 410, 322, 391, 327] as const;
/** Skin that a smile lifts: from the nose over the cheek up to the lower lid and down to the jaw; hulls. */
export const LEFT_SMILING_CHEEK = [36, 101, 118, 117, 123, 147, 213, 192, 214, 210, 212] as const;
export const RIGHT_SMILING_CHEEK = [266, 330, 347, 346, 352, 376, 433, 416, 434, 430, 432] as const;
export const NOSE = [193, 168, 417, 399, 420, 275, 4, 45, 198, 174] as const;
export const FOREHEAD = [107, 9, 336, 337, 151, 108] as const;
export const CHIN = [201, 200, 421, 396, 175, 171] as const;
export const NOSE_BRIDGE = [193, 168, 417, 351, 197, 122] as const;

export const BEARD = [
  58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 435, 416, 434, 432, 436,
  426, 327, 326, 2, 97, 98, 206, 216, 212, 214, 192, 215,
] as const;

/** Points that expression moves little: used to align two heads. */
export const RIGID = [
  1, 4, 5, 6, 168, 197, 195, 9, 8, 10, 151, 33, 133, 362, 263, 127, 356, 234, 454, 93, 323, 132,
  361, 58, 288, 70, 300, 117, 346,
] as const;

/** Landmarks that measures are taken between. */
export const POINT = {
  foreheadTop: 10,
  chin: 152,
  noseTip: 1,
  noseBridge: 6,
  upperLipInner: 13,
  lowerLipInner: 14,
} as const;
