# The code under test: put your own client in its place. All it needs is a base URL and a token that can be set.

require "json"
require "net/http"
require "time"

class Attio
  class Error < StandardError; end

  def initialize(base_url, token)
    @base_url, @token = base_url, token
  end

  def create_company(name)
    post("/v2/objects/companies/records", data: {values: {name: name}})
  end

  def company_names
    companies = post("/v2/objects/companies/records/query", sorts: [{attribute: "name", direction: "asc"}])["data"]
    companies.filter_map { |company| company.dig("values", "name", 0, "value") }
  end

  # Returns the secret that signs the events.
  def subscribe(target_url, event_type)
    subscriptions = [{event_type: event_type, filter: nil}]
    post("/v2/webhooks", data: {target_url: target_url, subscriptions: subscriptions}).dig("data", "secret")
  end

  private

  def post(path, body)
    headers = {"Authorization" => "Bearer #{@token}", "Content-Type" => "application/json"}
    loop do
      answer = Net::HTTP.post(URI(@base_url + path), JSON.generate(body), headers)
      if answer.code == "429"
        # Retry-After is a date by the server's clock, which the header Date has.
        sleep [Time.httpdate(answer["Retry-After"]) - Time.httpdate(answer["Date"]), 0.1].max
        next
      end
      content = JSON.parse(answer.body)
      raise Error, content["message"] unless answer.is_a?(Net::HTTPSuccess)
      return content
    end
  end
end
