/** The one style sheet. Nothing moves; every colour pair keeps a contrast of 4.5 to 1, in light and in dark. */
export const style = `
:root{color-scheme:light dark;--ground:#eef2f4;--paper:#fff;--ink:#17212b;--soft:#52606d;--line:#d5dce2;--edge:#7b8794;--accent:#155e75;--on-accent:#fff;--hover:#f1f6f8;--mark:#fdf0cf;--on-mark:#4d3800;--bad:#a61b1b;--on-bad:#fdf1f1}
@media (prefers-color-scheme:dark){:root{--ground:#10171d;--paper:#19232c;--ink:#e6ecf1;--soft:#a5b3c0;--line:#2f3d49;--edge:#758695;--accent:#67d0ea;--on-accent:#06222b;--hover:#22303b;--mark:#3a2e0c;--on-mark:#fbe3a4;--bad:#ffa8a8;--on-bad:#351a1c}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header{background:var(--mark);color:var(--on-mark);border-bottom:1px solid var(--line);font-size:.875rem}
header p{max-width:64rem;margin:0 auto;padding:.625rem 1rem;text-align:center}
header strong{margin-right:.25rem;padding:.125rem .5rem;border:1px solid;border-radius:1rem;font-size:.75rem;text-transform:uppercase;letter-spacing:.06em}
main{max-width:30rem;margin:2.5rem auto;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 .25rem;font-size:1.375rem;line-height:1.3}
h2{margin:1.75rem 0 .625rem;font-size:.875rem;color:var(--soft)}
p{margin:0 0 .75rem}
ul{list-style:none;margin:0;padding:0}
li+li{margin-top:.5rem}
.soft,dt{color:var(--soft);font-size:.875rem}
code{padding:.0625rem .3125rem;background:var(--hover);border-radius:.25rem;font:.8125rem/1.4 ui-monospace,monospace}
button,.button{display:block;width:100%;min-height:2.75rem;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:.5rem;background:none;color:inherit;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:var(--hover)}
.primary,.primary:hover{border-color:var(--accent);background:var(--accent);color:var(--on-accent)}
.primary:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.person{font-weight:400;text-align:left}
.person>span,.account>span{display:block}
.person>:first-child,.account>:first-child{font-weight:600}
.person .soft{line-height:1.4}
label{display:block;margin:.75rem 0 .25rem;font-weight:600}
input{width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--paper);color:inherit;font:inherit}
.actions{display:flex;gap:.75rem;margin-top:1.75rem}
#new-signin-button,.below{margin-top:1.25rem}
a:not(.button){color:var(--accent)}
.hint{margin:.375rem 0 0}
[role=alert]{margin:1rem 0 0;padding:.625rem .875rem;border-left:4px solid;border-radius:.25rem;background:var(--on-bad);color:var(--bad)}
.account{padding:.75rem 1rem;border:1px solid var(--line);border-radius:.5rem}
h1+form .account{margin-top:1rem}
.account button{width:auto;min-height:2rem;margin-top:.625rem;padding:.125rem .75rem;font-size:.875rem}
.connection{padding:1rem 0;border-top:1px solid var(--line)}
.connection h2{margin:0 0 .25rem;font-size:1rem;color:inherit}
.connection p{margin:0}
.connection .scopes{margin:.75rem 0 1rem}
ul>.connection:first-child{margin-top:1.25rem}
.user-code code{font-size:1.5rem;letter-spacing:.1em}
.scopes li{padding-left:1rem;border-left:3px solid var(--accent)}
.scopes span{display:block}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1.25rem;margin:1.25rem 0 0}
dd{margin:0}
@media (max-width:32rem){main{margin:0;padding:1.5rem 1rem;border-width:0 0 1px;border-radius:0}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.625rem}}
`
