// The original of the years that Amphora re-implements, aws-amplify 2.2.7, as a client of a server that stands in for AWS.
// Reads one JSON object from standard input (config, username, password, and what to do), prints one JSON object with what
// it saw. Levels and keys as that version has them.
'use strict'

async function main() {
  const asked = JSON.parse(await text(process.stdin))
  speakTo(asked.config)
  const { default: Amplify, Auth, Storage } = require('aws-amplify')
  const { region, bucket, userPoolId, userPoolClientId, identityPoolId } = asked.config
  Amplify.configure({
    Auth: { identityPoolId, region, userPoolId, userPoolWebClientId: userPoolClientId },
    Storage: { AWSS3: { bucket, region } },
  })
  if (asked.username) await Auth.signIn(asked.username, asked.password)
  const { identityId } = await Auth.currentCredentials()
  const seen = { identityId, put: [], progress: null, listed: {}, got: {}, opened: {}, refused: [], removed: [] }
  for (const { level, key, text, bytes } of asked.put ?? []) {
    const body = bytes ? Buffer.alloc(bytes, key) : text
    const progressCallback = progress => (seen.progress = progress)
    const result = await Storage.put(key, body, { level, contentType: 'text/plain', progressCallback })
    seen.put.push(result.key)
  }
  for (const { level, path } of asked.list ?? []) {
    const items = await Storage.list(path, { level })
    seen.listed[`${level} ${path}`] = items.map(item => item.key)
  }
  for (const { level, key } of asked.get ?? []) {
    const { Body } = await Storage.get(key, { level, download: true })
    seen.got[`${level} ${key}`] = Body.toString()
    const link = await Storage.get(key, { level })
    seen.opened[`${level} ${key}`] = await (await fetch(link)).text()
  }
  for (const { level, key, identityId } of asked.refused ?? []) {
    const refusal = await Storage.get(key, { level, identityId, download: true }).then(() => null, error => error)
    if (refusal) seen.refused.push(refusal.code)
  }
  for (const { level, key } of asked.remove ?? []) {
    await Storage.remove(key, { level })
    seen.removed.push(key)
  }
  if (asked.username) await Auth.signOut()
  process.stdout.write(JSON.stringify(seen))
}

// This version knows no endpoints of one's own: the user pool's address is changed on the way out, the SDK is told.
function speakTo({ endpoint, region }) {
  const pool = `https://cognito-idp.${region}.amazonaws.com/`
  const send = globalThis.fetch
  globalThis.fetch = (url, ...rest) => send(String(url).replace(pool, `${endpoint}/`), ...rest)
  globalThis.navigator ??= {}
  const AWS = require('aws-sdk/global')
  AWS.config.cognitoidentity = { endpoint }
  AWS.config.s3 = { endpoint, s3ForcePathStyle: true }
}

async function text(stream) {
  let whole = ''
  for await (const piece of stream) whole += piece
  return whole
}

main().then(
  // It keeps timers of its own.
  () => process.exit(0),
  error => {
    console.error(error)
    process.exit(1)
  },
)
