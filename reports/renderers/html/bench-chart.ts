import type { BenchRecord, BenchRow, Interval } from '../../bench-record.ts'
import { targetName } from '../../describe.ts'
import { type Html, html, none } from './template.ts'

/** A logarithmic scale from `low` to `high`, both above 0. */
type Scale = { readonly low: number; readonly high: number }

/** Where a ratio stands between the ends of the scale, in percent. */
function percent(scale: Scale, ratio: number): string {
  const share = Math.log(ratio / scale.low) / Math.log(scale.high / scale.low)
  return `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`
}

/** The numbers 1, 2 and 5 times a power of ten that stand on the scale; fewer on a long one. */
export function ticksOf(scale: Scale): number[] {
  const decades = Math.log10(scale.high / scale.low)
  const steps = decades > 3 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5]
  const from = Math.floor(Math.log10(scale.low))
  const to = Math.ceil(Math.log10(scale.high))
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
    .flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(1))))
    .filter((tick) => tick >= scale.low && tick <= scale.high)
}

function scaleOf(bench: BenchRecord): Scale {
  const ends = bench.rows.flatMap(({ ratioToBaseline: ratio }) =>
    ratio === null ? [] : [ratio.low, ratio.high],
  )
  const { aaRatioLow, aaRatioHigh } = bench.noise
  return {
    low: Math.min(0.8, aaRatioLow, ...ends) / 1.1,
    high: Math.max(1.25, aaRatioHigh, ...ends) * 1.1,
  }
}

/** Three significant digits, without an exponent. */
function digits(value: number): string {
  return value >= 1000 ? value.toFixed(0) : `${Number(value.toPrecision(3))}`
}

/** Nanoseconds in the unit that reads best. */
export function duration(ns: number): string {
  if (ns < 1e3) return `${digits(ns)} ns`
  if (ns < 1e6) return `${digits(ns / 1e3)} µs`
  if (ns < 1e9) return `${digits(ns / 1e6)} ms`
  return `${digits(ns / 1e9)} s`
}

function ratioText(ratio: Interval | null): Html {
  return ratio === null
    ? html`<span class="muted">no baseline</span>`
    : html`<strong>${digits(ratio.value)}×</strong> <span class="muted">${digits(ratio.low)} to ${digits(ratio.high)}</span>`
}

/** Whether the interval lies above 1 and the noise, below both, or says nothing. */
function speed(ratio: Interval, noise: BenchRecord['noise']): string {
  if (ratio.low > Math.max(1, noise.aaRatioHigh)) return 'slower'
  if (ratio.high < Math.min(1, noise.aaRatioLow)) return 'faster'
  return 'level'
}

function track(bench: BenchRecord, scale: Scale, ratio: Interval | null): Html {
  const at = (value: number): string => percent(scale, value)
  const { aaRatioLow, aaRatioHigh } = bench.noise
  const grid = ticksOf(scale).map(
    (tick) => html`<i class="${tick === 1 ? 'tick one' : 'tick'}" style="left:${at(tick)}"></i>`,
  )
  const noise = html`<i class="noise" style="left:${at(aaRatioLow)};right:calc(100% - ${at(aaRatioHigh)})"></i>`
  const marks =
    ratio === null
      ? none
      : html`<i class="interval" style="left:${at(ratio.low)};right:calc(100% - ${at(ratio.high)})"></i><i class="dot" style="left:${at(ratio.value)}"></i>`
  return html`<div class="track ${ratio === null ? '' : speed(ratio, bench.noise)}" aria-hidden="true">${noise}${grid}${marks}</div>`
}

function rowHtml(bench: BenchRecord, scale: Scale, row: BenchRow): Html {
  const isBaseline = row.subject === bench.baseline.subject && row.engine === bench.baseline.engine
  const { median, low, high, samples } = row.nsPerCall
  return html`<tr><th scope="row" class="who">${targetName(row)} <span class="muted">protocol ${row.protocol}${isBaseline ? ', the baseline' : ''}</span></th><td class="chart">${track(bench, scale, row.ratioToBaseline)}</td><td class="number">${isBaseline ? html`<span class="muted">1</span>` : ratioText(row.ratioToBaseline)}</td><td class="number" title="${duration(low)} to ${duration(high)}, ${samples} samples">${duration(median)}</td></tr>\n`
}

/** The ratios to the baseline on one scale, by operation and workload, each with its interval. */
export function renderBenchChart(bench: BenchRecord): Html {
  const scale = scaleOf(bench)
  const groups = new Map<string, BenchRow[]>()
  for (const row of bench.rows) {
    const key = JSON.stringify([row.operation, row.workload])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  const bodies = [...groups.values()].map((rows) => {
    const [first] = rows
    if (first === undefined) return none
    return html`<tbody><tr class="group"><th scope="rowgroup" colspan="4">${first.operation} <strong>${first.workload}</strong></th></tr>
${rows.map((row) => rowHtml(bench, scale, row))}</tbody>`
  })
  const axis = ticksOf(scale).map(
    (tick) => html`<span style="left:${percent(scale, tick)}">${tick}×</span>`,
  )
  const { machine, noise, notes } = bench
  return html`<p class="note">Time per call divided by that of ${targetName(bench.baseline)}: further left is faster. A dot is the median, its bar the interval it lies in. An engine held against itself in this run gave ${digits(noise.aaRatioLow)} to ${digits(noise.aaRatioHigh)}, the shaded band: what is within it says nothing.</p>
<div class="scroll" role="region" aria-labelledby="bench-title" tabindex="0"><table class="bench">
<thead><tr><th scope="col" class="who">Engine</th><th scope="col" class="chart"><div class="axis" aria-hidden="true">${axis}</div><span class="unseen">Chart</span></th><th scope="col" class="number">Ratio</th><th scope="col" class="number">Median time</th></tr></thead>
${bodies}</table></div>
<p class="note">Measured ${bench.started} on ${machine.cores} cores of ${machine.cpu}, ${machine.os}, Node ${machine.node}.${notes.map((note) => html` ${note}`)}</p>`
}
