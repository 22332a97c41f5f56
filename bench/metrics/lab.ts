/** CIE L* a* b* (D65). */
export type Lab = readonly [number, number, number];

const LINEAR = Float64Array.from({ length: 256 }, (_, v) => {
  const u = v / 255;
  return u <= 0.04045 ? u / 12.92 : ((u + 0.055) / 1.055) ** 2.4;
});

/** D65 white of the sRGB matrix (IEC 61966-2-1). */
const WHITE = [0.95047, 1, 1.08883] as const;

/** Converts 8-bit sRGB to Lab. */
export function labFromRgb(r: number, g: number, b: number): Lab {
  const [lr, lg, lb] = [LINEAR[r]!, LINEAR[g]!, LINEAR[b]!];
  const x = curve((0.4124564 * lr + 0.3575761 * lg + 0.1804375 * lb) / WHITE[0]);
  const y = curve((0.2126729 * lr + 0.7151522 * lg + 0.072175 * lb) / WHITE[1]);
  const z = curve((0.0193339 * lr + 0.119192 * lg + 0.9503041 * lb) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function curve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116;
}

/** Converts Lab to sRGB, not rounded, limited to 0..255. */
export function rgbFromLab([l, a, b]: Lab): [number, number, number] {
  const fy = (l + 16) / 116;
  const x = WHITE[0] * uncurve(fy + a / 500);
  const y = WHITE[1] * uncurve(fy);
  const z = WHITE[2] * uncurve(fy - b / 200);
  return [
    gamma(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    gamma(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    gamma(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}

function uncurve(f: number): number {
  return f > 6 / 29 ? f ** 3 : (f - 16 / 116) / (24389 / 27 / 116);
}

function gamma(v: number): number {
  const u = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
  return Math.min(255, Math.max(0, 255 * u));
}

const DEG = Math.PI / 180;

/** Colour difference CIEDE2000 with kL = kC = kH = 1 (CIE 142-2001; Sharma, Wu & Dalal 2005). */
export function ciede2000(p: Lab, q: Lab): number {
  const meanC = (Math.hypot(p[1], p[2]) + Math.hypot(q[1], q[2])) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [c1, h1] = polar(p[1] * (1 + g), p[2]);
  const [c2, h2] = polar(q[1] * (1 + g), q[2]);
  const dL = q[0] - p[0];
  const dC = c2 - c1;
  const dh = c1 * c2 === 0 ? 0 : wrap(h2 - h1);
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh * DEG) / 2);
  const l = (p[0] + q[0]) / 2;
  const c = (c1 + c2) / 2;
  const h = c1 * c2 === 0 ? h1 + h2 : meanHue(h1, h2);
  const t =
    1 -
    0.17 * Math.cos((h - 30) * DEG) +
    0.24 * Math.cos(2 * h * DEG) +
    0.32 * Math.cos((3 * h + 6) * DEG) -
    0.2 * Math.cos((4 * h - 63) * DEG);
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sC = 1 + 0.045 * c;
  const sH = 1 + 0.015 * c * t;
  const turn = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const rT = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(2 * turn * DEG);
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
}

function polar(a: number, b: number): [number, number] {
  const hue = Math.atan2(b, a) / DEG;
  return [Math.hypot(a, b), hue < 0 ? hue + 360 : hue];
}

function wrap(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}

function meanHue(h1: number, h2: number): number {
  if (Math.abs(h1 - h2) <= 180) return (h1 + h2) / 2;
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}
