// The original, aws-amplify 6, as a client of a server that stands in for AWS. Reads one JSON object from standard input
// (config, username, password, and what to do), prints one JSON object with what it saw.
'use strict'

const path = require('node:path')

const constants = path.join(__dirname, 'node_modules/@aws-amplify/storage/dist/cjs/providers/s3/utils/constants.js')

async function main() {
  const asked = JSON.parse(await text(process.stdin))
  pretendBrowser(new URL(asked.config.endpoint))
  const { Amplify } = require('aws-amplify')
  const { signIn, signOut, fetchAuthSession } = require('aws-amplify/auth')
  const storage = require('aws-amplify/storage')
  Amplify.configure(configuration(asked.config))
  if (asked.username) {
    const step = await signIn({ username: asked.username, password: asked.password })
    if (!step.isSignedIn) throw new Error(`asked for ${step.nextStep.signInStep}`)
  }
  const { identityId } = await fetchAuthSession()
  const seen = { identityId, put: [], listed: {}, got: {}, opened: {}, refused: [] }
  for (const { path, text, bytes } of asked.put ?? []) {
    const data = bytes ? new Uint8Array(Buffer.alloc(bytes, path)) : text
    await storage.uploadData({ path, data, options: { contentType: 'text/plain' } }).result
    seen.put.push(path)
  }
  for (const { from, to } of asked.copy ?? []) {
    await storage.copy({ source: { path: from }, destination: { path: to } })
  }
  for (const path of asked.list ?? []) {
    const { items } = await storage.list({ path, options: { listAll: true } })
    seen.listed[path] = items.map(item => item.path)
  }
  for (const path of asked.get ?? []) {
    const { body } = await storage.downloadData({ path }).result
    seen.got[path] = await body.text()
    const { url } = await storage.getUrl({ path, options: { validateObjectExistence: true } })
    seen.opened[path] = await (await fetch(url)).text()
  }
  for (const path of asked.refused ?? []) {
    const refusal = await storage.downloadData({ path }).result.then(() => null, error => error)
    if (refusal) seen.refused.push(path)
  }
  for (const path of asked.remove ?? []) await storage.remove({ path })
  if (asked.username) await signOut()
  process.stdout.write(JSON.stringify(seen))
}

function configuration({ endpoint, region, bucket, userPoolId, userPoolClientId, identityPoolId }) {
  return {
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId,
        identityPoolId,
        userPoolEndpoint: `${endpoint}/`,
        identityPoolEndpoint: `${endpoint}/`,
        allowGuestAccess: true,
      },
    },
    Storage: { S3: { bucket, region, dangerouslyConnectToHttpEndpointForTesting: 'true' } },
  }
}

// By its file, since the package does not export it. The library knows one test endpoint, whose own value fails its own check:
// this one passes both its branches, as it also parses as a URL; the scheme is put right on the way out.
function pretendBrowser({ port }) {
  const host = `localhost:${port}`
  require(constants).LOCAL_TESTING_S3_ENDPOINT = host
  const send = globalThis.fetch
  globalThis.fetch = (url, ...rest) => send(String(url).replace(`https://${host}/`, `http://${host}/`), ...rest)
  globalThis.FileReader = class {
    readAsArrayBuffer(blob) {
      blob.arrayBuffer().then(result => {
        this.result = result
        this.onload?.({ target: this })
      }, this.onerror)
    }
  }
}

async function text(stream) {
  let whole = ''
  for await (const piece of stream) whole += piece
  return whole
}

main().catch(error => {
  console.error(error, error.underlyingError ?? '')
  process.exitCode = 1
})
