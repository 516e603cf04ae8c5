package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func euros() *Definition {
	d := attributeOf(TypeCurrency, "value")
	d.Currency = Currency{Code: "EUR", Display: "symbol"}
	return d
}

func TestMoneyReadsInTheCurrencyOfItsAttribute(t *testing.T) {
	t.Parallel()
	testReads(t, euros(), []reads{
		{"a number", `4.99`, `"currency_code":"EUR","currency_value":4.99`},
		{"a numeric string", `"4.99"`, `"currency_code":"EUR","currency_value":4.99`},
		{"an object", `{"currency_value": 47500000}`, `"currency_code":"EUR","currency_value":47500000`},
		{"a string in an object", `{"currency_value": "-5"}`, `"currency_code":"EUR","currency_value":-5`},
		{"five decimals", `0.12345`, `"currency_code":"EUR","currency_value":0.1235`},
	})
	testReads(t, attributeOf(TypeCurrency, "value"), []reads{
		{"an attribute without currency", `1`, `"currency_code":null,"currency_value":1`},
	})
}

func TestMoneyRefusesWhatIsNoAmount(t *testing.T) {
	t.Parallel()
	testRefused(t, euros(), []refused{
		{"null", `null`, invalidValue("value", expected("currency_value", "number", "null"))},
		{"a string with a currency", `"$4.99"`, invalidValue("value", expected("currency_value", "number", "string"))},
		{"a string with an exponent", `"1e3"`, invalidValue("value", expected("currency_value", "number", "string"))},
		{"an empty string", `""`, invalidValue("value", expected("currency_value", "number", "string"))},
		{"a currency of its own", `{"currency_value": 1, "currency_code": "USD"}`, invalidValue("value", unrecognized("'currency_code'"))},
		{"a number's key", `{"value": 1}`, invalidValue("value", required("currency_value", "number"), unrecognized("'value'"))},
		{"an amount beyond 64 bits", `1e999`, invalidValue("value", invalid("currency_value", "Number must be finite"))},
	})
}

func TestMoneySortsByAmount(t *testing.T) {
	t.Parallel()
	testOrder(t, euros(), `-1`, `"0.5"`, `4.99`, `10`)
	testSame(t, euros(), `5`, `"5.00"`, `{"currency_value": 5}`)
}

func TestCurrenciesAreThoseOfTheDocument(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{"default_currency_code": CurrencyCodes(), "display_type": CurrencyDisplayTypes()} {
		for _, enum := range documentedEnums(t, name) {
			if diff := cmp.Diff(enum, want); diff != "" {
				t.Errorf("%s differs (-document +ours):\n%s", name, diff)
			}
		}
	}
}
