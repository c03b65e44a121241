/** One look for the screen and for paper. No font, no picture and no script comes from anywhere. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b1a19; --quiet: #605e5c; --line: #d2d0ce; --bad: #a4262c; --good: #0b6a0b; --open: #8a4b00; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 40px; max-width: 1080px; color: var(--ink); background: #fff;
  font: 14px/1.45 "Segoe UI", system-ui, -apple-system, "Noto Sans", "Noto Sans KR", "Malgun Gothic", sans-serif; }
h1 { font-size: 24px; line-height: 1.2; margin: 0 0 4px; font-weight: 600; }
h2 { font-size: 16px; margin: 28px 0 8px; font-weight: 600; break-after: avoid; }
p { margin: 4px 0 8px; }
.lead { color: var(--quiet); margin: 0 0 20px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.counts { display: flex; gap: 12px; flex-wrap: wrap; margin: 20px 0 4px; padding: 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-radius: 6px; padding: 10px 16px; min-width: 120px; }
.counts b { display: block; font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; font-weight: 600; }
table { width: 100%; border-collapse: collapse; margin: 4px 0 8px; }
caption { text-align: left; color: var(--quiet); padding-bottom: 4px; }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--ink); padding: 4px 12px 4px 0; vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); padding: 5px 12px 5px 0; vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.id { white-space: nowrap; font-variant-numeric: tabular-nums; }
table.found { table-layout: fixed; }
.found th:nth-child(1) { width: 64px; } .found th:nth-child(2) { width: 24%; } .found th:nth-child(3) { width: 30%; }
.idline { font-size: 12px; }
code { font: 12px/1.4 ui-monospace, "Cascadia Mono", Consolas, monospace; overflow-wrap: anywhere; }
.mark { white-space: nowrap; font-weight: 600; }
.bad { color: var(--bad); } .good { color: var(--good); } .open { color: var(--open); } .quiet { color: var(--quiet); }
footer { margin-top: 32px; border-top: 1px solid var(--line); padding-top: 8px; color: var(--quiet); font-size: 12px; }
@page { size: A4; margin: 16mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
@media print {
  body { padding: 0; max-width: none; font-size: 9.5pt; }
  h1 { font-size: 17pt; } h2 { font-size: 12pt; } .counts b { font-size: 16pt; } code { font-size: 8pt; }
  thead { display: table-header-group; } tr, .counts li, dl { break-inside: avoid; } tbody tr:first-child { break-after: avoid; }
}
`;
