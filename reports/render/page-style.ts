import { palette } from '../charts/palette.js';

const variables = (scheme: 'light' | 'dark') =>
  Object.entries(palette)
    .map(([role, colours]) => `--${role}:${colours[scheme]}`)
    .join(';');

/** The one style sheet of the report: light and dark by the reader's preference, one column on a phone, ink on paper in print. */
export function pageStyle(): string {
  return `
:root{color-scheme:light dark;${variables('light')};--card:#f6f7f9;--line:#dfe3e8;--chip:#eceff3}
@media (prefers-color-scheme:dark){:root{${variables('dark')};--card:#1c2026;--line:#323942;--chip:#282e36}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
a{color:var(--blue)}
a:focus-visible,button:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:2px solid var(--blue);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--paper);padding:6px 10px;z-index:2}
.frame{max-width:824px;margin:0 auto;padding:28px 20px 64px}
header p{color:var(--soft);margin:.2rem 0 0}
h1{font-size:1.9rem;line-height:1.2;margin:0;letter-spacing:-.01em}
h2{font-size:1.32rem;line-height:1.3;margin:0 0 .35rem;letter-spacing:-.005em}
h3{font-size:1rem;margin:1.5rem 0 .4rem}
.number{color:var(--soft);font-weight:500;margin-right:.45em;font-variant-numeric:tabular-nums}
.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:10px;margin:22px 0 6px;padding:0;list-style:none}
.cards li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 13px;min-width:0}
.cards .name{display:block;color:var(--soft);font-size:.8rem}
.cards .value{display:block;font-size:1.22rem;font-weight:650;line-height:1.3;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.cards .note{display:block;color:var(--soft);font-size:.8rem;line-height:1.35}
.cards code{font-size:.95rem;font-weight:600}
.cards .wide{grid-column:span 2}
.good{color:var(--good)}.bad{color:var(--bad)}.muted{color:var(--soft)}.strong{font-weight:600}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
nav{margin:26px 0 0;padding:14px 16px;border:1px solid var(--line);border-radius:8px}
nav h2{font-size:.95rem;margin:0 0 .4rem}
nav ol{list-style:none;margin:0;padding:0;columns:2;column-gap:24px}
nav li{break-inside:avoid;margin:.1rem 0}
nav li a{text-decoration:none;display:block;padding:.16rem 0}
nav li a:hover{text-decoration:underline}
section{margin-top:54px;scroll-margin-top:14px}
.lead{margin:.2rem 0 1rem;font-size:1.05rem}
figure{margin:18px 0 8px}
figcaption{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 12px;font-weight:600;font-size:.95rem;margin-bottom:8px}
figcaption span:first-child{flex:1 1 auto}
figure svg{display:block;max-width:100%;height:auto}
figure svg text{user-select:text}
figure .narrow{display:none}
.save{display:flex;gap:6px}
.save button{font:inherit;font-size:.78rem;font-weight:400;color:var(--soft);background:none;border:1px solid var(--line);border-radius:5px;padding:1px 8px;cursor:pointer}
.save button:hover{color:var(--ink);border-color:var(--soft)}
.scroll{overflow-x:auto;margin:6px 0 4px;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.4;font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;font-weight:600;font-size:.95rem}
summary.caption{cursor:pointer}.caption{font-weight:600;font-size:.95rem;margin:22px 0 6px}
th,td{padding:6px 11px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{font-weight:600;color:var(--soft);white-space:nowrap;background:var(--card)}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
tbody th{font-weight:400}
tfoot td,tfoot th{border-top:2px solid var(--line);border-bottom:0;font-weight:500}
tfoot tr+tr td,tfoot tr+tr th{border-top:1px solid var(--line)}
th:first-child,td:first-child{position:sticky;left:0;background:var(--paper);min-width:8.5rem;max-width:15rem}
thead th:first-child{background:var(--card)}
.n{text-align:right;white-space:nowrap}
td small{color:var(--soft);display:block}
.badge{display:inline-block;font-size:.72rem;line-height:1.3;color:var(--soft);background:var(--chip);border-radius:4px;padding:1px 6px;margin-left:6px;white-space:nowrap}
.words{font-size:.9rem;color:var(--soft);margin-top:12px}
.words p{margin:.25rem 0}.words ul{margin:.25rem 0;padding-left:1.2rem}.words strong{color:var(--ink);font-weight:600}
.aside{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--orange);border-radius:8px;padding:12px 18px;margin-top:20px}
.aside h3{margin-top:0}.aside ul{margin:.3rem 0;padding-left:1.2rem}.aside li{margin:.3rem 0}
#reproduction td{overflow-wrap:anywhere}#reproduction-table td,#contracts-table td:last-child{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.82rem}
footer{margin-top:56px;color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);padding-top:14px}
@media (min-width:1180px){.frame{max-width:1120px;display:grid;grid-template-columns:230px minmax(0,784px);gap:0 56px}
.frame>*{grid-column:2}nav{grid-column:1!important;grid-row:1/span 60;position:sticky;top:28px;align-self:start;border:0;padding:0;margin:4px 0 0;font-size:.88rem;max-height:calc(100vh - 56px);overflow-y:auto}nav ol{columns:1}}
@media (max-width:640px){.frame{padding:18px 15px 48px}h1{font-size:1.5rem}h2{font-size:1.2rem}.lead{font-size:1rem}section{margin-top:44px}
figure .wide{display:none}figure .narrow{display:block}nav ol{columns:1}nav li a{padding:.24rem 0}td.t{min-width:7.5rem}
.cards{grid-template-columns:1fr 1fr;gap:8px}.cards .value{font-size:1.08rem}.save button{padding:5px 12px}
th,td{padding:6px 9px}th:first-child,td:first-child{min-width:7rem;max-width:9.5rem}.aside{padding:10px 14px}}
@media print{:root{${variables('light')};--card:#fff;--line:#c9ced5;--chip:#eee}body{font-size:10.5pt}
.frame{display:block;max-width:none;padding:0}nav,.save,.skip{display:none!important}section{margin-top:22pt}
figure,.aside,tr,.cards li{break-inside:avoid}h2,h3,.caption,figcaption{break-after:avoid}
figure .wide{display:block!important}figure .narrow{display:none!important}
.scroll{overflow:visible;border:0}table{font-size:7.5pt}th,td{padding:2pt 4pt;position:static!important;overflow-wrap:anywhere}.n,thead th{white-space:normal}}
`.trim();
}
