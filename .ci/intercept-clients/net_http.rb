# Ruby's net/http.
require "net/http"

response = Net::HTTP.get_response(URI("https://api.attio.com/v2/self"), { "Authorization" => "Bearer #{ENV.fetch("ATTIO_API_KEY")}" })
puts response.body
