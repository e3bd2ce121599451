const view = new DataView(new ArrayBuffer(8));
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Natural logarithm from + - * / only, so that every engine returns the same bits. Error below 3 ulp. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let shift = 0;
  if (x < 2.3e-308) {
    x *= 18_014_398_509_481_984;
    shift = -54;
  }
  view.setFloat64(0, x);
  const top = view.getUint32(0);
  let exponent = (top >>> 20) - 1023 + shift;
  view.setUint32(0, (top & 0xfffff) | 0x3ff00000);
  let m = view.getFloat64(0);
  if (m > 1.4142135623730951) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const sum = atanhTail(s * s);
  return exponent * LN2_HIGH + (2 * s * (1 + sum) + exponent * LN2_LOW);
}

/** z/3 + z²/5 + … + z^11/23: the series of (ln(1 + s) - ln(1 - s)) / 2s - 1 in z = s². Unrolled: twice as fast. */
function atanhTail(z: number): number {
  let sum = (1 / 23) * z;
  sum = (sum + 1 / 21) * z;
  sum = (sum + 1 / 19) * z;
  sum = (sum + 1 / 17) * z;
  sum = (sum + 1 / 15) * z;
  sum = (sum + 1 / 13) * z;
  sum = (sum + 1 / 11) * z;
  sum = (sum + 1 / 9) * z;
  sum = (sum + 1 / 7) * z;
  sum = (sum + 1 / 5) * z;
  sum = (sum + 1 / 3) * z;
  return sum;
}

/** e^x from + - * / only, error below 1.5 ulp; results below 10^-307.6, where doubles lose digits, an absolute 10^-323. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n -= 1) sum = 1 + (sum * r) / n;
  const half = Math.trunc(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  view.setUint32(0, (k + 1023) << 20);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}

/** x^y for x >= 0. The error grows with |y ln x|: below 4 + 3 |y ln x| ulp. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * log(x));
}

/** ln(1 + x) for x > -1, as exact near 0 as elsewhere; error below 3 ulp. */
export function log1p(x: number): number {
  if (x > -0.25 && x < 0.4) {
    const s = x / (2 + x);
    const sum = atanhTail(s * s);
    return 2 * s + 2 * s * sum;
  }
  const u = 1 + x;
  return u === 0 || u === Number.POSITIVE_INFINITY ? log(u) : log(u) + (x - (u - 1)) / u;
}

/** e^x - 1, as exact near 0 as elsewhere; error below 3 ulp. */
export function expm1(x: number): number {
  if (x > 1 || x < -1) return exp(x) - 1;
  let sum = 1;
  for (let n = 20; n >= 2; n -= 1) sum = 1 + (sum * x) / n;
  return sum * x;
}

/** Quantile of the standard normal law (Acklam's rational approximation, relative error 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p < 0.02425 || p > 0.97575) {
    const q = Math.sqrt(-2 * log(p < 0.5 ? p : 1 - p));
    const value =
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q -
        2.549732539343734) *
        q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q +
        3.754408661907416) *
        q +
        1);
    return p < 0.5 ? value : -value;
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r +
      138.357751867269) *
      r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r +
      66.80131188771972) *
      r -
      13.28068155288572) *
      r +
      1)
  );
}
