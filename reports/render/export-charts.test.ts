import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportCharts } from './export-charts.js';
import { writeReport } from './write-report.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const spec = JSON.stringify({
  data: { values: [{ a: 1 }] },
  mark: { type: 'point', color: '#2563c9' },
  encoding: { x: { field: 'a', type: 'quantitative' } },
});
const defaults = { scheme: 'light', format: 'png', zoom: 1 } as const;

describe('writeReport', () => {
  it('writes every file and leaves other files and no partial folder', () => {
    writeFileSync(join(folder, 'mine.txt'), 'x');
    writeReport(folder, [
      { name: 'report.html', bytes: bytes('<p>') },
      { name: 'charts/a.vl.json', bytes: bytes(spec) },
    ]);
    expect(readdirSync(folder).sort()).toEqual(['charts', 'mine.txt', 'report.html']);
  });

  it('says where it cannot write and leaves nothing', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() =>
      writeReport(join(folder, 'file'), [{ name: 'report.html', bytes: bytes('') }]),
    ).toThrowError(
      expect.objectContaining({ code: 'REPORT_WRITE_FAILED', where: join(folder, 'file') }),
    );
    mkdirSync(join(folder, 'out', 'report.html', 'in-the-way'), { recursive: true });
    expect(() =>
      writeReport(join(folder, 'out'), [{ name: 'report.html', bytes: bytes('') }]),
    ).toThrowError(expect.objectContaining({ code: 'REPORT_WRITE_FAILED' }));
    expect(readdirSync(join(folder, 'out'))).toEqual(['report.html']);
  });
});

describe('exportCharts', () => {
  it('draws the chosen chart in the chosen scheme', async () => {
    writeReport(folder, [{ name: 'charts/a.vl.json', bytes: bytes(spec) }]);
    const files = await exportCharts({ ...defaults, folder, scheme: 'dark', format: 'svg' });
    expect(files.map((file) => file.name)).toEqual(['a.dark.svg']);
    expect(new TextDecoder().decode(files[0]!.bytes)).toContain('#6ea1ff');
    const [png] = await exportCharts({ ...defaults, folder, charts: ['a'] });
    expect(png!.name).toBe('a.png');
    expect(png!.bytes[1]).toBe(0x50);
  });

  it.each([
    ['REPORT_NOT_FOUND', undefined, undefined],
    ['REPORT_CHART_UNKNOWN', spec, ['b']],
    ['REPORT_SPEC_INVALID', '{ not json', undefined],
  ])('%s', async (code, content, charts) => {
    if (content !== undefined) {
      writeReport(folder, [{ name: 'charts/a.vl.json', bytes: bytes(content) }]);
    }
    await expect(exportCharts({ ...defaults, folder, charts })).rejects.toMatchObject({
      code,
      exitCode: 2,
    });
    expect(existsSync(join(folder, 'a.png'))).toBe(false);
  });
});
