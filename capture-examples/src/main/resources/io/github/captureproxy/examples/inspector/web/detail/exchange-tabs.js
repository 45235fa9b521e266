// The tabs of an exchange: those that it has something for.

import { html } from 'lit';
import { overview } from './overview.js';
import { connections } from './connections.js';
import { rulesTab } from './rules.js';
import './message-view.js';
import './messages-list.js';
import './timing-chart.js';

const isEvents = ({ response }) => /^text\/event-stream/i.test(response?.body.contentType ?? '');

export function tabsOf(detail) {
  const base = `/api/exchanges/${detail.row}`;
  const streams = detail.upgradedTo || detail.grpc || isEvents(detail);
  const tabs = [
    { id: 'response', name: 'Response', view: () => response(detail, base) },
    { id: 'request', name: 'Request', view: () => html`<message-view .message=${detail.request} side="request" base=${base}
      .query=${detail.target.query}></message-view>` },
    { id: 'timing', name: 'Timing', view: () => html`<timing-chart .detail=${detail}></timing-chart>` },
    { id: 'connection', name: 'Connection', view: (host) => connections(detail, host) },
    { id: 'overview', name: 'Overview', view: (host) => overview(detail, host) },
  ];
  if (streams) {
    tabs.unshift({ id: 'messages', name: isEvents(detail) ? 'Events' : 'Messages', count: detail.webSocketMessages,
      view: () => html`<messages-list base=${base}></messages-list>` });
  }
  if (detail.rules.names.length) {
    tabs.push({ id: 'rules', name: 'Rules', count: detail.rules.names.length, view: () => rulesTab(detail, base) });
  }
  return tabs;
}

function response(detail, base) {
  if (!detail.response) return html`<p class="soft">There was no response.</p>`;
  const to = detail.redirectedTo;
  const location = to && { href: `#/traffic?row=${to.row}`, words: 'the exchange that followed' };
  return html`<message-view .message=${detail.response} side="response" base=${base} .location=${location}></message-view>`;
}
