import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticReportInput } from '../fixtures/synthetic-report-input.js';
import { buildReport, type Report } from './build-report.js';

/** What `fixtures/inspect-page.js` finds in the page. */
interface Seen {
  readonly overflow: number;
  readonly charts: number;
  readonly smallestChartText: number;
  readonly outside: readonly string[];
  readonly weakText: readonly string[];
  readonly buttons: number;
  readonly duplicateIds: readonly string[];
  readonly headingSkips: number;
  readonly unnamed: number;
  readonly brokenLinks: number;
}
const inspectPage = `(${readFileSync(new URL('../fixtures/inspect-page.js', import.meta.url), 'utf8')})()`;

let report: Report;
beforeAll(async () => {
  const input = syntheticReportInput();
  report = await buildReport({ ...input, title: 'Report </title><script>alert(1)</script>' });
});

describe('buildReport', () => {
  it('puts a specification and pictures beside the page', () => {
    const names = report.files.map((file) => file.name);
    expect(names).toContain('report.html');
    for (const id of ['price-fan', 'allocation', 'scenario-comparison']) {
      expect(names).toContain(`charts/${id}.vl.json`);
      expect(names).toContain(`charts/${id}.svg`);
      expect(names).toContain(`charts/${id}.dark.svg`);
    }
    for (const file of report.files.filter((entry) => entry.name.endsWith('.json'))) {
      const spec = JSON.parse(new TextDecoder().decode(file.bytes));
      expect(spec.$schema).toContain('vega-lite/v6');
    }
  });

  it('names no resource outside the file', () => {
    const found = (pattern: RegExp) => pattern.exec(report.html)?.[0];
    expect(found(/(?:src|href|action|data)\s*=\s*["']?(?:https?:)?\/\/.{20}/i)).toBeUndefined();
    expect(found(/\burl\((?!#).{20}/)).toBeUndefined();
    expect(found(/@import|<link(?![^>]*href="data:)/i)).toBeUndefined();
  });

  it('writes text as text', () => {
    expect(report.html.includes('<script>alert')).toBe(false);
    expect(report.html.includes('<not real>')).toBe(false);
    expect(report.html.includes('&lt;not real&gt;')).toBe(true);
  });

  it('gives the same bytes twice', async () => {
    const again = await buildReport(syntheticReportInput());
    const third = await buildReport(syntheticReportInput());
    expect(again.html === third.html).toBe(true);
  });

  it('stays small', () => {
    expect(report.html.length).toBeLessThan(1_500_000);
  });

  it('builds from a plan alone', async () => {
    const { bands, comparison, flows, history, retention, chain, audit, ...rest } =
      syntheticReportInput();
    const { html } = await buildReport({ ...rest, paths: [] });
    expect(html.includes('no chain in this report')).toBe(true);
    expect(html.includes('Plan only')).toBe(true);
  });
});

const executable =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const missing = executable === undefined && process.env.CI !== 'true';

describe.skipIf(missing)(
  missing ? 'in a browser (skipped: no Chromium found)' : 'in a browser',
  () => {
    let browser: Browser;
    let folder: string;
    let url: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'masa-report-'));
      writeFileSync(join(folder, 'report.html'), report.html);
      url = pathToFileURL(join(folder, 'report.html')).href;
      const { chromium } = await import('playwright-core');
      browser = await chromium.launch({
        executablePath: executable ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
      });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
      it.each([360, 390, 768, 1280])('fits %d pixels and asks for nothing', async (width) => {
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
        const requests: string[] = [];
        const complaints: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        page.on('console', (message) => complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(url);
        const seen = await page.evaluate<Seen>(inspectPage);
        await page.close();
        expect(requests).toEqual([url]);
        expect(complaints).toEqual([]);
        expect(seen.overflow).toBeLessThanOrEqual(0);
        expect(seen.charts).toBe(14);
        expect(seen.smallestChartText).toBeGreaterThanOrEqual(10);
        expect(seen.outside).toEqual([]);
        expect(seen.weakText).toEqual([]);
        expect(seen.buttons).toBe(28);
        expect(seen.duplicateIds).toEqual([]);
        expect([seen.headingSkips, seen.unnamed, seen.brokenLinks]).toEqual([0, 0, 0]);
      });
    });

    it('saves a specification and a picture', async () => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(url);
      for (const [kind, start] of [
        ['spec', '{"$schema"'],
        ['svg', '<svg'],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.click(`#chart-price-fan button[data-kind=${kind}]`),
        ]);
        const chunks: Buffer[] = [];
        for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString('utf8');
        expect(text.startsWith(start)).toBe(true);
        expect(text).not.toContain('var(--');
      }
      await page.close();
    });
  },
);
