/* WALLETS-1, dense: every wallet is visited on every day. usage: wallets N T SEED */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void draw(uint32_t i, uint32_t t, uint32_t seed, uint32_t out[4]) {
  uint32_t a = i, b = t, c = 0, d = 0, k = seed, l = 0x57414c4cu;
  for (int round = 0; round < 10; round++) {
    uint64_t m = (uint64_t)a * 0xD2511F53u, n = (uint64_t)c * 0xCD9E8D57u;
    a = (uint32_t)(n >> 32) ^ b ^ k;
    c = (uint32_t)(m >> 32) ^ d ^ l;
    b = (uint32_t)n;
    d = (uint32_t)m;
    k += 0x9E3779B9u;
    l += 0xBB67AE85u;
  }
  out[0] = a; out[1] = b; out[2] = c; out[3] = d;
}

static uint32_t limit(double p) { return (uint32_t)floor(p * 4294967296.0); }

int main(int count, char **words) {
  if (count < 4) return 2;
  long n = atol(words[1]), days = atol(words[2]);
  uint32_t seed = (uint32_t)atol(words[3]);
  uint8_t *joined = calloc(n, 1), *lock = calloc(n, 1);
  double *balance = calloc(n, 8), *pending = calloc(n, 8), *stake = calloc(n, 8);
  double sold = 0, balances = 0, stakes = 0;
  long adopted = 0;
  uint32_t claim = limit(0.05), sell = limit(0.02), lockup = limit(0.005), r[4];
  for (long t = 0; t < days; t++) {
    uint32_t join = limit(0.0003 + 0.006 * adopted / n);
    double reward = adopted > 0 ? 1e6 * pow(0.5, t / 365.0) / adopted : 0;
    balances = stakes = 0;
    for (long i = 0; i < n; i++) {
      draw((uint32_t)i, (uint32_t)t, seed, r);
      if (!joined[i]) {
        if (r[0] < join) { joined[i] = 1; adopted++; }
        continue;
      }
      pending[i] += reward;
      if (r[0] < claim) { balance[i] += pending[i]; pending[i] = 0; }
      if (r[1] < sell) { double s = balance[i] * 0.5; balance[i] -= s; sold += s; }
      if (lock[i] > 0) {
        if (--lock[i] == 0) { balance[i] += stake[i]; stake[i] = 0; }
      } else if (r[2] < lockup) {
        double s = balance[i] * 0.5;
        balance[i] -= s; stake[i] = s; lock[i] = 90;
      }
      balances += balance[i]; stakes += stake[i];
    }
  }
  printf("[%ld,%.6f,%.6f,%.6f]\n", adopted, balances, stakes, sold);
  return 0;
}
