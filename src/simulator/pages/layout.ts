import type { FastifyReply } from 'fastify';
import { html, Markup } from './html';

/** One style sheet for the few pages of the simulator; light and dark follow the browser. */
const STYLE = `
:root{color-scheme:light dark;--ground:#eef1f6;--card:#fff;--ink:#16202e;--soft:#526075;--line:#d5dce7;
--tint:#f5f8fd;--accent:#1257c4;--accent-ink:#fff;--accent-soft:#e4edfc;--note:#fff6df;--note-ink:#5d4300;--bad:#a5222a}
@media (prefers-color-scheme:dark){:root{--ground:#0e131a;--card:#171e28;--ink:#e8edf5;--soft:#a3b0c3;
--line:#303b4b;--tint:#1c2532;--accent:#79adff;--accent-ink:#0a1830;--accent-soft:#1d3152;--note:#33290f;--note-ink:#f0d48a;--bad:#ff9aa0}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;grid-template-columns:minmax(0,1fr);place-items:center;padding:32px 16px;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.frame{width:min(500px,100%)}
.note{margin:0 0 14px;padding:9px 14px;border-radius:10px;background:var(--note);color:var(--note-ink);font-size:14px;text-align:center;text-wrap:balance}
main{background:var(--card);border:1px solid var(--line);border-radius:18px;padding:30px 30px 26px;box-shadow:0 12px 36px rgb(15 30 60/.09)}
h1{margin:0 0 4px;font-size:23px;line-height:1.25;letter-spacing:-.01em}
p{margin:0 0 14px}.soft{color:var(--soft)}
.mark{display:flex;align-items:center;gap:10px;margin-bottom:16px}
.tile{width:46px;height:46px;border-radius:13px;display:grid;place-items:center;background:var(--accent);color:var(--accent-ink)}
.tile.quiet{background:var(--accent-soft);color:var(--accent)}
.tile svg{width:25px;height:25px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.dots{color:var(--soft);letter-spacing:3px}
fieldset{min-width:0;margin:20px 0 0;padding:0;border:0}
legend,h2{margin:0 0 8px;padding:0;font-size:14px;font-weight:650;color:var(--soft)}
h2{margin-top:22px}
.person{position:relative;display:flex;align-items:center;gap:12px;padding:10px 14px;border:1px solid var(--line);cursor:pointer}
.person+.person{border-top:0}
.person:first-of-type{border-radius:12px 12px 0 0}.person:last-of-type{border-radius:0 0 12px 12px}
.person:hover{background:var(--tint)}
.person:has(:checked){background:var(--accent-soft)}
.person:has(:focus-visible),button:focus-visible{outline:3px solid var(--accent);outline-offset:2px;z-index:1}
.person input{margin:0;width:18px;height:18px;accent-color:var(--accent);outline:0}
.face{flex:none;width:36px;height:36px;border-radius:50%;display:grid;place-items:center;font-size:13px;font-weight:650;color:#fff}
.who{min-width:0;flex:1}.who b{display:block;font-weight:620;line-height:1.3}
.who span{display:block;font-size:13.5px;color:var(--soft);overflow:hidden;text-overflow:ellipsis}
.role{font-size:12.5px;color:var(--soft);white-space:nowrap}
ul{margin:0;padding:0;list-style:none}
li{display:flex;gap:10px;padding:3px 0;font-size:15px}
li::before{content:"";flex:none;width:7px;height:12px;margin:4px 4px 0 3px;border:solid var(--accent);border-width:0 2.2px 2.2px 0;transform:rotate(42deg)}
.choice{display:flex;gap:12px;margin-top:26px}
button{flex:1;padding:12px 18px;border-radius:11px;border:1px solid var(--line);background:transparent;color:var(--ink);font:inherit;font-weight:620;cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
button:hover{filter:brightness(1.07)}
.then{margin:16px 0 0;font-size:13.5px;color:var(--soft);text-align:center;overflow-wrap:anywhere}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.code{color:var(--bad);font-weight:620}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 18px;margin:18px 0 0;padding-top:18px;border-top:1px solid var(--line);font-size:15px}
dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}dd code{display:block;line-height:23px}
pre{margin:10px 0 0;padding:12px 14px;border-radius:10px;background:var(--tint);border:1px solid var(--line);white-space:pre-wrap;overflow-wrap:anywhere}
@media (max-width:460px){main{padding:22px 18px}.choice{flex-direction:column}.face{display:none}}
`;

export interface Page {
  readonly title: string;
  /** The sentence above the card. */
  readonly note: string;
  readonly body: Markup;
}

/** Labels, each with one or more values. */
export type Facts = readonly (readonly [label: string, values: readonly string[]])[];

export const factList = (facts: Facts): Markup =>
  html`<dl>
    ${facts.map(
      ([label, values]) =>
        html`<dt>${label}</dt>
          <dd>${values.map((value) => html`<code>${value}</code>`)}</dd>`,
    )}
  </dl>`;

function render(page: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${page.title}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <div class="frame">
          <header class="note">${page.note}</header>
          ${page.body}
        </div>
      </body>
    </html> `.text;
}

/** `formTarget`: where a form may lead; browsers apply it to the redirect after the form as well. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  page: Page,
  formTarget = "'none'",
): FastifyReply {
  return reply
    .code(status)
    .header('Content-Type', 'text/html; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Referrer-Policy', 'no-referrer')
    .header('X-Content-Type-Options', 'nosniff')
    .header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action ${formTarget}`,
    )
    .send(render(page));
}
