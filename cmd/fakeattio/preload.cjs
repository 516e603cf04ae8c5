// Written by "fakeattio exec --intercept". Connections to Attio's hosts lead to the fake, for versions of Node.js and libraries that
// do not heed HTTPS_PROXY: fetch and https before Node.js 24, and clients with an agent of their own. NODE_EXTRA_CA_CERTS lets
// them trust it.
const { Socket } = require("node:net")

const connect = Socket.prototype.connect

// What tls, http and others call in the end: (options, listener), (port, host, listener), or [options, listener] as net.connect
// has already put them.
Socket.prototype.connect = function (...args) {
  const [first] = args
  if (Array.isArray(first)) {
    first[0] = redirected(first[0])
  } else if (first !== null && typeof first === "object") {
    args[0] = redirected(first)
  } else if (isAttio(first, args[1])) {
    args.splice(0, 2, Number(fake.port), fake.host)
  }
  return connect.apply(this, args)
}

function redirected(options) {
  return isAttio(options?.port, options?.host) ? { ...options, host: fake.host, port: Number(fake.port), lookup: undefined } : options
}

function isAttio(port, host) {
  return Number(port) === 443 && typeof host === "string" && fake.names.includes(host.toLowerCase())
}
