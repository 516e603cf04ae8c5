// Uses the console in Chromium as a person does: node test.mjs URL GUARDED_URL SHADOWING_URL FOLDER. GUARDED_URL is of a server with the control
// token "hush", SHADOWING_URL of one whose shadow is compared with it; FOLDER is where the screenshots go. Every page that is opened is also checked: see watched.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import {createRequire} from 'node:module'
import {chromium} from 'playwright-core'

const [url, guarded, shadowing, images] = process.argv.slice(2)
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const {workspaces} = await (await fetch(`${url}/_fake/workspaces`)).json()
const token = (workspace, name) => workspaces.find((w) => w.slug === workspace).tokens.find((t) => t.name === name).token

/** Sends a request to Attio's API as a client does. */
async function client(method, target, body, key = token('fernhill', 'full'), server = url) {
  const response = await fetch(server + target, {
    method,
    headers: {Authorization: `Bearer ${key}`, 'Content-Type': 'application/json'},
    body: body && JSON.stringify(body),
  })
  return {status: response.status, body: await response.json().catch(() => undefined)}
}

const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ['--no-sandbox']})
const problems = []

/** Opens a window whose pages must have no error, ask no other host, and break no serious rule of accessibility. */
async function watched(options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, ...options})
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.expected = /^$/ // errors of the console that a step causes on purpose
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !page.expected.test(message.text())) problems.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.stack}`))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(page.base).origin) problems.push(`${page.url()} asks ${request.url()}`)
  })
  page.base = url
  page.open = async (target) => {
    await page.goto(page.base + target)
    await accessible(page)
  }
  return page
}

/** Notes the serious violations that axe finds. */
async function accessible(page) {
  await page.evaluate(axe) // not by a script element, which the page's policy forbids
  const {violations} = await page.evaluate(() => axe.run())
  for (const v of violations.filter((v) => ['serious', 'critical'].includes(v.impact))) {
    problems.push(`${page.url()}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((node) => node.html).join(' ')}`)
  }
}

async function step(name, run) {
  const before = problems.length
  try {
    await run()
  } catch (error) {
    problems.push(`${name}: ${error.stack}`)
  }
  const found = problems.slice(before)
  console.log(`${found.length ? 'FAILED' : 'ok    '} ${name}`)
  found.forEach((problem) => console.log(`       ${problem.replaceAll('\n', '\n       ')}`))
}

const page = await watched()
const pictures = [ // name, page, what has to be there
  ['requests', '/_fake/?workspace=fernhill', '#requests tbody tr'],
  ['request', '/_fake/console/requests/1', '.change'],
  ['board', '/_fake/console/data/lists/sales/board?workspace=fernhill', '.tile'],
  ['record', '/_fake/console/data/objects/companies/records/2683dbf2-3bd8-5fa4-bb30-76eca0c6f34c?workspace=fernhill', '.facts'],
]
const rows = page.locator('#requests tbody tr')
const pathOf = (target) => new URL(target).pathname

await step('the first page is empty and says what to do next', async () => {
  await page.open('/_fake/')
  assert.match(await page.locator('.empty').innerText(), /No client has asked for anything yet/)
})

let grace
await step("a client's requests appear without a reload", async () => {
  await page.evaluate(() => { window.loaded = 'once' })
  grace = (await client('POST', '/v2/objects/people/records', {data: {values: {name: 'Hopper, Grace', job_title: 'Captain'}}})).body.data.id.record_id
  await client('GET', '/v2/lists/nowhere')
  await client('POST', '/v2/objects/people/records', {data: {values: {name: 'Byron, Ada'}}}, token('fernhill', 'reader'))
  await rows.nth(2).waitFor()
  assert.equal(await rows.count(), 3)
  assert.match(await rows.nth(0).innerText(), /lacks record_permission:read-write/)
  assert.equal(await page.evaluate(() => window.loaded), 'once')
  await accessible(page)
})

await step('a filter narrows the requests, also those that come later', async () => {
  await page.locator('#status').fill('404')
  await page.waitForFunction(() => document.querySelectorAll('#requests tbody tr').length === 1)
  assert.match(await rows.innerText(), /\/v2\/lists\/nowhere/)
  await client('GET', '/v2/lists/elsewhere')
  await client('GET', '/v2/self')
  await page.getByText('/v2/lists/elsewhere', {exact: false}).first().waitFor()
  assert.equal(await rows.count(), 2)
  assert.equal(new URL(page.url()).searchParams.get('status'), '404')
  assert.equal(await page.evaluate(() => window.loaded), 'once')
})

await step('the keyboard searches, chooses, opens and goes back', async () => {
  await page.open('/_fake/')
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search')
  await page.keyboard.type('hopper')
  await page.waitForFunction(() => document.querySelectorAll('#requests tbody tr').length === 1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/console/requests/1')
  await page.keyboard.press('?')
  assert.ok(await page.locator('#help').isVisible())
  await page.keyboard.press('Escape')
  assert.ok(!(await page.locator('#help').isVisible()))
  await page.keyboard.press('Escape')
  await page.waitForURL((address) => address.pathname === '/_fake/')
})

await step('a request shows its bodies and what it changed, and is copied as curl', async () => {
  await rows.first().waitFor()
  await page.open('/_fake/console/requests/1')
  assert.match(await page.locator('.change').innerText(), /created\s+record in people/i)
  assert.match(await page.locator('.change').innerText(), /Grace Hopper/)
  assert.match(await page.locator('#request-body').innerText(), /"job_title": "Captain"/)
  await page.locator('[data-copy="#curl"]').click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.match(copied, /^curl \\\n {2}-X 'POST' \\\n/)
})

await step('a fault is injected for the next such request, and hits', async () => {
  await page.locator('#fault').selectOption('rate-limited')
  await page.getByRole('button', {name: 'Inject'}).click()
  await page.locator('#injected').getByText('waits for the next records.create').waitFor()
  await accessible(page)
  const hit = await client('POST', '/v2/objects/people/records', {data: {values: {name: 'Hamilton, Margaret'}}})
  const next = await client('POST', '/v2/objects/people/records', {data: {values: {name: 'Hamilton, Margaret'}}})
  assert.deepEqual([hit.status, next.status], [429, 200])
  await page.locator('#injected').getByText('has hit a request').waitFor() // without a reload
})

const record = () => `/_fake/console/data/objects/people/records/${grace}`

await step('a record is edited, and a refused edit shows what Attio says, at the field', async () => {
  await page.open(`${record()}/edit?workspace=fernhill`)
  await page.locator('[data-slug="job_title"] textarea').fill('Admiral')
  await page.getByRole('button', {name: 'Save'}).click()
  await page.waitForURL((address) => address.pathname === record())
  await page.locator('main').getByText('Admiral', {exact: true}).waitFor()
  await accessible(page)
  assert.equal((await client('GET', `/v2/objects/people/records/${grace}`)).body.data.values.job_title[0].value, 'Admiral')

  page.expected = /422|400/ // what the browser says of the refusal
  await page.open(`${record()}/edit?workspace=fernhill`)
  await page.locator('[data-slug="email_addresses"] input').first().fill('nobody')
  await page.getByRole('button', {name: 'Save'}).click()
  const mistake = page.locator('[data-slug="email_addresses"] .mistake')
  await mistake.waitFor()
  const refusal = await client('PATCH', `/v2/objects/people/records/${grace}`, {data: {values: {email_addresses: ['nobody']}}})
  assert.equal((await mistake.innerText()).split('\n')[0], refusal.body.message)
  await accessible(page)
  page.expected = /^$/
})

await step('the slider goes back, and the old value is there', async () => {
  await client('PATCH', `/v2/objects/people/records/${grace}`, {data: {values: {job_title: 'Rear admiral'}}})
  await page.open(`${record()}?workspace=fernhill`)
  await page.locator('main').getByText('Rear admiral', {exact: true}).waitFor()
  await page.locator('#at').fill('1')
  await page.waitForURL(/at=1/)
  await page.locator('.banner').getByText('as it was right after request 1').waitFor()
  await page.locator('main').getByText('Captain', {exact: true}).waitFor()
  assert.equal(await page.getByText('Rear admiral').count(), 0)
  await accessible(page)
  await page.getByRole('link', {name: 'Back to now'}).click()
  await page.locator('main').getByText('Rear admiral', {exact: true}).waitFor()
})

await step('a page of an object of 100,000 records renders in under 300 ms', async () => {
  const large = '/_fake/console/data/objects/people?workspace=large'
  await page.open(large) // the first time, indexes are made
  assert.match(await page.locator('main').innerText(), /100,?000/)
  const times = []
  for (let i = 0; i < 5; i++) {
    await page.goto(url + large)
    times.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd))
  }
  const fastest = Math.min(...times) // other programs on the machine only make it slower
  console.log(`       ${times.map((time) => Math.round(time)).join(', ')} ms`)
  assert.ok(fastest < 300, `${fastest} ms`)
})

await step('every kind of data has a page without problems', async () => {
  await page.open('/_fake/console/data/?workspace=fernhill')
  const all = await page.locator('main a').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')))])
  const pages = all.filter((href) => href.startsWith('/_fake/console/data/'))
  assert.ok(pages.length >= 10, pages.join(' '))
  for (const target of pages) await page.open(target)
  for (const target of ['/_fake/console/data/objects/companies?workspace=fernhill', '/_fake/console/data/lists/sales?workspace=fernhill']) {
    await page.open(target)
    await page.locator('main tbody a').first().click()
    await page.locator('h1').waitFor()
    await accessible(page)
  }
})
await step('every page of the navigation is without problems', async () => {
  await page.open('/_fake/')
  const pages = await page.locator('nav.side a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  assert.ok(pages.length >= 2, pages.join(' '))
  for (const target of pages) await page.open(target)
})

await step('a delivery is redelivered', async () => {
  await page.open('/_fake/')
  await page.open('/_fake/console/webhooks')
  await page.locator('#deliveries tbody a').first().click()
  const attempts = page.locator('#delivery .timeline li')
  await attempts.first().waitFor()
  const before = await attempts.count()
  await accessible(page)
  await page.getByRole('button', {name: 'Redeliver'}).click()
  await attempts.nth(before).waitFor()
})

await step('a request is shown as a test', async () => {
  await page.open('/_fake/console/requests/1')
  await page.getByRole('link', {name: 'As a test'}).click()
  await page.locator('#test-source').getByText('package').first().waitFor()
  await accessible(page)
})

await step('the clock moves by a click, and a snapshot is saved and compared', async () => {
  await page.open('/_fake/console/bench')
  const clock = async () => Date.parse(await page.locator('#clock time').getAttribute('datetime'))
  const before = await clock()
  await page.getByRole('button', {name: '+1 day'}).click()
  await page.waitForFunction((time) => Date.parse(document.querySelector('#clock time').dateTime) >= time, before + 24 * 3600 * 1000)
  await page.locator('#snapshot-name').fill('before the import')
  await page.getByRole('button', {name: 'Save a snapshot'}).click()
  const snapshot = page.getByRole('link', {name: 'before the import'})
  await snapshot.waitFor()
  await accessible(page)
  await client('PATCH', `/v2/objects/people/records/${grace}`, {data: {values: {job_title: 'Retired'}}})
  await snapshot.click()
  await page.locator('.change').getByText('Retired').waitFor()
  await accessible(page)
})

await step('a token is added, works, and is revoked', async () => {
  await page.open('/_fake/console/tokens?workspace=fernhill')
  await page.getByText('Add a token').click()
  await page.getByLabel('Name', {exact: true}).fill('visitor')
  await page.getByLabel('object_configuration:read', {exact: true}).check()
  await page.getByRole('button', {name: 'Add', exact: true}).click()
  const row = page.locator('.tokens tr', {has: page.getByRole('rowheader', {name: 'visitor'})})
  await row.waitFor()
  await accessible(page)
  const key = await row.locator('code').innerText()
  assert.equal((await client('GET', '/v2/objects', undefined, key)).status, 200)
  await page.reload()
  assert.match(await row.innerText(), /object_configuration:read/)
  page.once('dialog', (dialog) => dialog.accept())
  await row.getByRole('button', {name: 'Revoke'}).click()
  await row.waitFor({state: 'detached'})
  assert.equal((await client('GET', '/v2/objects', undefined, key)).status, 401)
})

await step('the documents are searched while typing', async () => {
  await page.open('/_fake/console/docs')
  await page.evaluate(() => { window.loaded = 'once' })
  await page.keyboard.press('/')
  await page.keyboard.type('merge these records')
  await page.waitForFunction(() => document.querySelectorAll('.entry').length === 1)
  assert.match(await page.locator('.entry').innerText(), /record_permission:read-write[^]*records_merge_test\.go/)
  await accessible(page)
  await page.locator('#search').fill('/_fake/clock')
  await page.locator('.route').first().waitFor()
  await page.locator('.route [data-copy]').first().click()
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^curl .*\/_fake\/clock/)
  assert.equal(new URL(page.url()).searchParams.get('q'), '/_fake/clock')
  assert.equal(await page.evaluate(() => window.loaded), 'once')
  await accessible(page)
})

await step('two moments are compared, and everything goes back to one', async () => {
  await page.open('/_fake/console/diff?from=1')
  await page.locator('.change').first().waitFor()
  await page.open('/_fake/console/requests/1')
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', {name: 'Restore to after it'}).click()
  await page.locator('.banner').getByText('as it was after this request').waitFor()
  assert.equal((await client('GET', `/v2/objects/people/records/${grace}`)).body.data.values.job_title[0].value, 'Captain')
})


await step('a server with a control token asks for it once', async () => {
  const stranger = await watched()
  stranger.base = guarded
  await stranger.open('/_fake/?status=404')
  assert.equal(pathOf(stranger.url()), '/_fake/console/login')
  stranger.expected = /401/
  await stranger.locator('#token').fill('wrong')
  await stranger.getByRole('button', {name: 'Log in'}).click()
  await stranger.locator('#token-mistake').waitFor()
  await accessible(stranger)
  await stranger.locator('#token').fill('hush')
  await stranger.getByRole('button', {name: 'Log in'}).click()
  await stranger.waitForURL('**/_fake/?status=404')
  const [cookie] = await stranger.context().cookies()
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, 'Strict', '/_fake'])
  await stranger.context().close()
})

await step('pages can be read without scripts', async () => {
  const plain = await watched({javaScriptEnabled: false})
  await plain.goto(`${url}/_fake/`)
  await plain.locator('#status').fill('404')
  await plain.getByRole('button', {name: 'Filter'}).click()
  assert.equal(await plain.locator('#requests tbody tr').count(), 2)
  await plain.locator('#requests tbody tr a').first().click()
  assert.match(await plain.locator('h1').innerText(), /\/v2\/lists\/elsewhere/)
  await plain.context().close()
})

await step('what another server answers differently appears by itself, and is filtered', async () => {
  const shadow = await watched()
  shadow.base = shadowing
  await shadow.open('/_fake/')
  await shadow.locator('#shadow').selectOption('different')
  await shadow.waitForURL('**/?*shadow=different')
  const query = {filter: {newsletter: true}} // an attribute of the other server's alone
  assert.equal((await client('POST', '/v2/objects/people/records/query', query, undefined, shadowing)).status, 400)
  await client('GET', '/v2/objects', undefined, undefined, shadowing)
  const found = shadow.locator('#requests tbody tr')
  await found.first().waitFor()
  assert.equal(await found.count(), 1)
  assert.match(await found.innerText(), /shadow: breaking/)
  await accessible(shadow)
  await found.locator('a').first().click()
  assert.match(await shadow.locator('#shadow').innerText(), /breaking\s+status\s+400 .*\s+200/)
  assert.match(await shadow.locator('#shadow').innerText(), /The fake answered 400, the other server 200 after/)
  await accessible(shadow)
  await shadow.context().close()
})

await step('on a phone only tables are wider than the window', async () => {
  const phone = await watched({viewport: {width: 390, height: 800}})
  for (const target of ['/_fake/', '/_fake/console/requests/1', '/_fake/console/webhooks', '/_fake/console/bench', '/_fake/console/tokens', '/_fake/console/docs?q=fault']) {
    await phone.open(target)
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), target)
  }
  await phone.context().close()
})

await step('the documentation gets its pictures, light and dark, and none is blank', async () => {
  for (const scheme of ['light', 'dark']) {
    const camera = await watched({colorScheme: scheme, viewport: {width: 1200, height: 700}})
    for (const [name, target, wait] of pictures) {
      await camera.open(target)
      await camera.locator(wait).first().waitFor()
      await camera.evaluate(() => document.activeElement.blur())
      const picture = await camera.screenshot({path: path.join(images, `${name}-${scheme}.png`), scale: 'css', animations: 'disabled'})
      const colours = await camera.evaluate(count, picture.toString('base64'))
      assert.ok(colours.different > 30, `${name} has ${colours.different} colours`)
      assert.equal(colours.bright > 0.5, scheme === 'light', `${name} in ${scheme} is bright in ${colours.bright} of its points`)
      assert.ok(picture.length < 150_000, `${name} takes ${picture.length} bytes`)
    }
    await camera.context().close()
  }
})

/** Counts the colours of a picture, and how much of it is bright. */
async function count(base64) {
  const image = new Image()
  image.src = `data:image/png;base64,${base64}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const {data} = context.getImageData(0, 0, image.width, image.height)
  const colours = new Set()
  let bright = 0
  for (let i = 0; i < data.length; i += 4) {
    colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2])
    if (data[i] + data[i + 1] + data[i + 2] > 384) bright++
  }
  return {different: colours.size, bright: (4 * bright) / data.length}
}

await browser.close()
if (problems.length) {
  console.log(`${problems.length} problems`)
  process.exit(1)
}
