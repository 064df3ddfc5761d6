import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What a page of connections shows. */
export interface ConnectionsPage extends Page {
  /** What the provider calls the page. */
  title: string
  whose: readonly string[]
  /** What the button says that ends the session. */
  leave: string
  action: string
  /** Makes an answer count once. */
  token: string
  connected: readonly {
    end: string
    /** The name first. */
    lines: readonly string[]
    /** A day. */
    since: string
    scopes: readonly { name: string; words: string | undefined }[]
  }[]
  /** The last click came from a page that no longer counts. */
  isStale: boolean
}

/** The page where somebody sees what is connected, and disconnects it. */
export const connectionsPage = (page: ConnectionsPage): string => {
  const { words, connected } = page
  const token = html`<input type="hidden" name="page_token" value="${page.token}">`
  const items = connected.map(
    ({ end, lines: [name, ...more], since, scopes }) => html`<li class="connection">
<h2><bdi>${name}</bdi></h2>
${more.map((line) => html`<p class="soft">${line}</p>`)}
<p class="soft">${words.connectedSince} ${since}</p>
<ul class="scopes">${scopes.map((scope) => html`<li>${scope.words && html`<span lang="en">${scope.words}</span> `}<code>${scope.name}</code></li>`)}</ul>
<form method="post" action="${page.action}">${token}
<button name="disconnect" value="${end}">${words.disconnect} <bdi>${name}</bdi></button>
</form></li>`,
  )
  return layout(page, {
    title: page.title,
    content: html`<h1 lang="en">${page.title}</h1>
${page.isStale && html`<p role="alert">${words.pageOver}</p>`}
<form method="post" action="${page.action}">${token}
<div class="account">
${page.whose.map((line, i) => (i === 0 ? html`<span>${line}</span>` : html` <span class="soft">${line}</span>`))}
<button name="leave" value="yes">${page.leave}</button>
</div>
</form>
${connected.length > 0 ? html`<ul>${items}</ul>` : html`<p class="below">${words.nothingConnected}</p>`}`,
  })
}
