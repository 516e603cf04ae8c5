require "openssl"
require_relative "workspace_test"

class AttioTest < WorkspaceTest
  %w[Navy Bletchley].each do |name|
    define_method "test_finds_#{name}_and_not_what_other_tests_have_created" do
      before = attio.company_names
      attio.create_company(name)
      assert_equal [*before, name].sort, attio.company_names
    end
  end

  def test_reports_what_attio_says_when_a_permission_is_missing
    control("POST", "/faults", fault: "no-permission", workspace: slug, operation: "records.create")
    refusal = assert_raises(Attio::Error) { attio.create_company("Navy") }
    assert_match(/permission/, refusal.message)
  end

  def test_waits_and_tries_again_while_attio_is_busy
    create = {operation: "records.create", workspace: slug}
    control("POST", "/faults", {fault: "rate-limited", times: 1, **create})
    attio.create_company("Navy")
    control("POST", "/requests/verify", expectations: [
      {**create, status: 429, times: 1},
      {**create, status: 200, times: 1, body: {data: {values: {name: "Navy"}}}},
      {operation: "records.delete", workspace: slug, times: 0},
    ])
  end

  def test_hears_of_a_new_company_by_a_webhook
    secret = attio.subscribe("inbox://#{slug}", "record.created")
    attio.create_company("Navy")

    message = control("GET", "/inboxes/#{slug}?await=1")["messages"].fetch(0)
    assert_equal "record.created", message.dig("body", "events", 0, "event_type")
    assert_equal OpenSSL::HMAC.hexdigest("SHA256", secret, message["text"]), message.dig("headers", "Attio-Signature")
  end
end
