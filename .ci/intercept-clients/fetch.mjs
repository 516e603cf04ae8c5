// Node's fetch.
const response = await fetch("https://api.attio.com/v2/self", { headers: { authorization: `Bearer ${process.env.ATTIO_API_KEY}` } })
console.log(await response.text())
