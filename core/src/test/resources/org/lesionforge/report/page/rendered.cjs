// Opens pages in a browser as readers do, and prints what it found as JSON.
// node rendered.cjs NODE_MODULES BROWSER PAGE…
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');

const [modules, browserPath, ...pages] = process.argv.slice(2);
const { chromium } = require(path.resolve(modules, 'playwright-core'));
const axe = fs.readFileSync(path.resolve(modules, 'axe-core/axe.min.js'), 'utf8');

const SCREENS = [
  { name: '1280', width: 1280, scheme: 'light' },
  { name: '390', width: 390, scheme: 'light' },
  { name: 'dark', width: 1280, scheme: 'dark' },
];
const HEIGHT = 800;

const violations = async (page) =>
  (await page.evaluate(() => axe.run())).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`);

// How far a table moves when it has the focus and a key is pressed, of all tables that do not show all of themselves.
const scrolledByKeys = async (page) => {
  const unmoved = [];
  for (const table of await page.$$('.table')) {
    const overflow = await table.evaluate((t) => [t.scrollWidth - t.clientWidth, t.scrollHeight - t.clientHeight]);
    for (const [key, side, room] of [['ArrowRight', 'scrollLeft', overflow[0]], ['ArrowDown', 'scrollTop', overflow[1]]]) {
      if (room > 20) {
        await table.focus();
        await page.keyboard.press(key);
        await page.waitForTimeout(250);
        if ((await table.evaluate((t, s) => t[s], side)) === 0) unmoved.push(`${await table.getAttribute('aria-label')} ${key}`);
      }
    }
  }
  return unmoved;
};

const look = async (browser, file, screen) => {
  const context = await browser.newContext({ viewport: { width: screen.width, height: HEIGHT }, colorScheme: screen.scheme });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('request', (r) => /^(file|data):/.test(r.url()) || errors.push(`loads ${r.url()}`));
  await page.goto(pathToFileURL(path.resolve(file)).href);
  const found = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    width: document.documentElement.scrollWidth,
    pictures: [...document.querySelectorAll('header img')].map((i) => i.getBoundingClientRect().top),
  }));
  await page.evaluate(axe);
  found.folded = await violations(page);

  // A link of the navigation unfolds what it leads to, and the navigation stays.
  await page.click('nav a[href="#gan"]');
  await page.waitForTimeout(250);
  found.opened = await page.evaluate(() => document.getElementById('gan').closest('details').open);
  found.target = await page.evaluate(() => document.getElementById('gan').getBoundingClientRect().top);
  found.navigation = await page.evaluate(() => document.querySelector('nav').getBoundingClientRect().top);

  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  found.unfolded = await violations(page);
  found.openWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  found.unmoved = await scrolledByKeys(page);
  await page.reload();
  await page.emulateMedia({ media: 'print' });
  found.unprinted = await page.evaluate(() =>
    [...document.querySelectorAll('details > .content')].filter((c) => c.getBoundingClientRect().height < 10).map((c) => c.id));
  await context.close();
  return { ...found, page: file, screen: screen.name, errors };
};

(async () => {
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  const all = [];
  for (const page of pages) for (const screen of SCREENS) all.push(await look(browser, page, screen));
  await browser.close();
  console.log(JSON.stringify(all));
})();
