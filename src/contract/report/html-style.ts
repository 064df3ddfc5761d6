/** The report's style sheet. Nothing moves; each pair of colours keeps a contrast of 4.5 to 1, in light and in dark. */
export const style = `
:root{color-scheme:light dark;--ground:#eef2f4;--paper:#fff;--ink:#17212b;--soft:#52606d;--line:#d5dce2;--edge:#7b8794;--accent:#155e75;--code:#f1f6f8;--bad:#a61b1b;--on-bad:#fdecec;--odd:#6b21a8;--on-odd:#f5ecfd;--warn:#6f4a00;--on-warn:#fdf0cf;--good:#14613a;--on-good:#e6f5ec}
@media (prefers-color-scheme:dark){:root{--ground:#10171d;--paper:#19232c;--ink:#e6ecf1;--soft:#a5b3c0;--line:#2f3d49;--edge:#758695;--accent:#67d0ea;--code:#22303b;--bad:#ffa8a8;--on-bad:#3d1d1f;--odd:#dcb8ff;--on-odd:#33214a;--warn:#fbe3a4;--on-warn:#3a2e0c;--good:#8fe0b2;--on-good:#163425}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0 auto;max-width:76rem;padding:1.5rem 1.25rem 4rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:0 0 .25rem;font-size:1.5rem;line-height:1.3}
h2{margin:2rem 0 .75rem;font-size:1.125rem}
h3{display:inline;margin:0;font-size:1rem}
p{margin:0 0 .75rem}
.soft{color:var(--soft);font-size:.875rem}
code,pre{font:.8125rem/1.5 ui-monospace,monospace}
code{padding:.0625rem .3125rem;background:var(--code);border-radius:.25rem}
pre{margin:.25rem 0 .75rem;padding:.5rem .75rem;background:var(--code);border-radius:.375rem;white-space:pre-wrap}
.replay{user-select:all}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.sum{display:inline-block;padding:.25rem .75rem;border-radius:.375rem;font-weight:600}
.kind{display:inline-block;padding:0 .5rem;border-radius:.75rem;font-size:.8125rem;font-weight:600;white-space:nowrap}
.broken,.driver-error,.untestable,.sum.no{background:var(--on-bad);color:var(--bad)}
.inconclusive,.blocked{background:var(--on-odd);color:var(--odd)}
.warned{background:var(--on-warn);color:var(--warn)}
.kept,.sum.yes{background:var(--on-good);color:var(--good)}
.not-applicable,.not-run{color:var(--soft);font-weight:400}
form{display:grid;grid-template-columns:2fr 1fr 1fr 1fr;gap:.75rem;margin:1.25rem 0 .5rem}
label{display:block;font-size:.875rem;font-weight:600}
input,select{display:block;width:100%;min-height:2.5rem;margin-top:.25rem;padding:.25rem .5rem;border:1px solid var(--edge);border-radius:.375rem;background:var(--paper);color:inherit;font:inherit;font-weight:400}
table{width:100%;border-collapse:collapse;background:var(--paper);border:1px solid var(--line)}
th,td{padding:.375rem .75rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{position:sticky;top:0;background:var(--paper);box-shadow:inset 0 -1px var(--edge)}
th{overflow-wrap:normal}
thead th{font-size:.875rem}
tbody th{font-weight:400;min-width:14rem}
tbody th span{display:block}
td.off{opacity:.25}
.counts th,.counts thead th{position:static;min-width:0;white-space:nowrap}
.counts{width:auto}
.counts td{text-align:right}
.facts.kinds{margin-top:.75rem}
dd{margin:0}
article{margin:0 0 .75rem;background:var(--paper);border:1px solid var(--line);border-radius:.5rem}
article>details>summary{padding:.75rem 1rem;cursor:pointer}
article .body{padding:0 1rem 1rem}
article .why{display:block;margin-top:.125rem}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.375rem 1rem;margin:0 0 1rem}
.facts dt{color:var(--soft);font-size:.875rem;line-height:1.7}
ol.timeline{list-style:none;margin:0 0 1rem;padding:0 0 0 1rem;border-left:2px solid var(--line)}
ol.timeline>li{position:relative;padding:.125rem 0}
ol.timeline>li::before{content:"";position:absolute;left:-1.375rem;top:.625rem;border:.3125rem solid var(--edge);border-radius:50%}
ol.timeline>li.call::before{border-radius:0}
ol.timeline>li.shows::before{border-color:var(--bad)}
ol.timeline>li.mark::before{display:none}
ol.timeline>li.mark{margin-top:.5rem;font-weight:600}
ol.timeline summary{cursor:pointer}
.shows>details{padding:.25rem .5rem;background:var(--on-bad);border-radius:.375rem}
.shows summary{font-weight:600}
.fault{display:block;color:var(--odd);font-size:.875rem}
.lost{color:var(--bad)}
@media (max-width:60rem){.scroll{overflow-x:auto}thead th{position:static}}
.scroll.wide{overflow-x:auto}
.scroll.wide thead th{position:static}
.scroll.wide tbody th{position:sticky;left:0;background:var(--paper)}
@media (max-width:44rem){body{padding:1rem .75rem 3rem}form{grid-template-columns:1fr 1fr}form label:first-child{grid-column:1/-1}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}th,td{padding:.375rem .5rem}tbody th{min-width:11rem}}
`
