require "minitest/autorun"
require_relative "client"

# Every test of a class that inherits from this one gets a clone of acme to itself, which is removed when the test ends, with its
# faults and webhooks.
class WorkspaceTest < Minitest::Test
  URL = ENV.fetch("ATTIO_BASE_URL") { abort "There is no ATTIO_BASE_URL: run the tests with `fakeattio exec -- ruby attio_test.rb`." }

  attr_reader :slug, :attio

  def setup
    clone = control("POST", "/workspaces/acme/clone")
    @slug = clone["slug"]
    @attio = Attio.new(URL, clone["tokens"].find { |token| token["name"] == "full" }["token"])
  end

  def teardown
    control("DELETE", "/workspaces/#{slug}")
  end

  # Calls the fake's own API; what it refuses fails the test.
  def control(method, path, body = nil)
    uri = URI("#{URL}/_fake#{path}")
    answer = Net::HTTP.start(uri.host, uri.port) do |http|
      http.send_request(method, uri.request_uri, body && JSON.generate(body), "Content-Type" => "application/json")
    end
    content = answer.body.to_s.empty? ? {} : JSON.parse(answer.body)
    flunk "#{method} /_fake#{path}: #{content["error"]}" unless answer.is_a?(Net::HTTPSuccess)
    content
  end
end
