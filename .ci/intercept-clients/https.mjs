// Node's https, whose agent opens a connection, and http2.
import { request } from "node:https"
import { connect } from "node:http2"

const authorization = `Bearer ${process.env.ATTIO_API_KEY}`

request("https://api.attio.com/v2/self", { headers: { authorization } }, (response) => response.pipe(process.stdout)).end()

const session = connect("https://api.attio.com")
const stream = session.request({ ":path": "/v2/self", authorization })
stream.on("end", () => session.close()).pipe(process.stdout)
