import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { news } from '../news.js';
import { attempt } from '../parts/messages.js';
import { Paced } from '../parts/paced.js';
import { bytes, count, dateTime, millis, plural, span, time } from '../parts/format.js';

const EVERY = 2_000;

/** Traffic at a glance: over time, by host, by status, the slowest and the biggest. */
class OverviewView extends Part {
  static properties = { overview: { state: true }, sessions: { state: true }, session: { state: true } };
  #paced = new Paced(this, EVERY, () => this.#load());

  constructor() {
    super();
    this.hear(news, 'rows', () => this.#paced.soon());
  }

  connectedCallback() {
    super.connectedCallback();
    attempt(async () => (this.sessions = await json('/api/sessions')));
  }

  async #load() {
    const path = withQuery('/api/overview', { session: this.session });
    await attempt(async () => (this.overview = await json(path)));
  }

  render() {
    const overview = this.overview;
    return html`<section class="panel overview">
      <div class="row">
        <h1 class="grow">Overview</h1>
        <label class="check">Of
          <select @change=${(event) => { this.session = event.target.value; this.#paced.now(); }}>
            <option value="">all of History</option>
            ${(this.sessions ?? []).map((session) => html`<option value=${session.id}>${session.name}</option>`)}
          </select>
        </label>
      </div>
      ${!overview ? nothing : overview.totals.exchanges + overview.totals.tunnels === 0
        ? html`<p>Nothing was captured yet.</p>` : this.#charts(overview)}
    </section>`;
  }

  #charts(overview) {
    const totals = overview.totals;
    const facts = [
      ['Exchanges', count(totals.exchanges)], ['Tunnels', count(totals.tunnels)], ['Failed or ≥ 400', count(totals.errors)],
      ['Sent', bytes(totals.requestBytes)], ['Received', bytes(totals.responseBytes)],
      ['Mean time', millis(totals.exchanges ? totals.millis / totals.exchanges : 0)],
      ['From first to last', span(totals.lastTime - totals.firstTime)],
    ];
    return html`
      <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${this.#overTime(overview)}
      <div class="charts">
        ${this.#bars('By host', overview.hosts, (host) => `#/traffic?host=${encodeURIComponent(host.name)}`)}
        ${this.#bars('By status', overview.statuses)}
        ${this.#bars('By type', overview.types)}
      </div>
      <div class="charts">
        ${this.#top('Slowest', overview.slowest, (row) => millis(row.durationMillis))}
        ${this.#top('Biggest', overview.biggest, (row) => bytes(row.responseSize))}
      </div>`;
  }

  #overTime({ times, bucketMillis }) {
    if (times.length === 0) return nothing;
    const most = Math.max(...times.map((bucket) => bucket.count));
    return html`<figure>
      <figcaption>Requests over time <span class="soft">each bar ${millis(bucketMillis)}, at most ${count(most)}</span></figcaption>
      <div class="columns" role="img" aria-label=${`${plural(times.length, 'bar')} from ${dateTime(times[0].time)} to
        ${dateTime(times.at(-1).time)}, at most ${plural(most, 'request')} in one`}>
        ${times.map((bucket) => html`<span class="column" title=${`${time(bucket.time)}: ${plural(bucket.count, 'request')},
          ${bucket.errors} failed`}>
          <span .style=${`block-size: ${(100 * (bucket.count - bucket.errors)) / most}%`}></span>
          <span class="errors" .style=${`block-size: ${(100 * bucket.errors) / most}%`}></span>
        </span>`)}
      </div>
      <div class="row soft small" aria-hidden="true"><span class="grow">${dateTime(times[0].time)}</span>
        <span>${dateTime(times.at(-1).time + bucketMillis)}</span></div>
    </figure>`;
  }

  #bars(name, counts, link) {
    const most = Math.max(1, ...counts.map((each) => each.count));
    return html`<figure>
      <figcaption>${name}</figcaption>
      <table class="bars"><tbody>${counts.map((each) => html`<tr>
        <th scope="row">${link && each.name ? html`<a href=${link(each)}>${each.name}</a>` : each.name || 'none'}</th>
        <td class="number">${count(each.count)}</td>
        <td class="bar-cell"><meter min="0" max=${most} value=${each.count}
          aria-label=${`${each.name || 'none'}: ${plural(each.count, 'request')}`}></meter></td>
        <td class="soft number">${bytes(each.bytes)}</td>
      </tr>`)}</tbody></table>
    </figure>`;
  }

  #top(name, rows, value) {
    return html`<figure>
      <figcaption>${name}</figcaption>
      <table class="top"><tbody>${rows.map((row) => html`<tr>
        <td class="number">${value(row)}</td>
        <td><a href="#/traffic?row=${row.id}">${row.target.method} ${row.target.host}${row.target.path}</a></td>
        <td>${row.answer.status || ''}</td>
      </tr>`)}</tbody></table>
    </figure>`;
  }
}

customElements.define('overview-view', OverviewView);
