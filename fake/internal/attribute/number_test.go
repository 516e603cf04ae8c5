package attribute

import (
	"testing"
)

func TestNumberReadsAsJavaScriptWritesIt(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeNumber, "score"), []reads{
		{"an integer", `14`, `"value":14`},
		{"a float", `3.1415`, `"value":3.1415`},
		{"an object", `{"value": 17224912}`, `"value":17224912`},
		{"minus zero", `-0`, `"value":0`},
		{"an exponent", `1.5e3`, `"value":1500`},
		{"five decimals", `1.23456`, `"value":1.2346`},
		{"less than it keeps", `-0.00001`, `"value":0`},
		{"a large number", `123456789012345680000`, `"value":123456789012345680000`},
		{"a number from 1e21", `1e21`, `"value":1e+21`},
	})
}

func TestNumberRefusesWhatIsNoNumber(t *testing.T) {
	t.Parallel()
	testRefused(t, attributeOf(TypeNumber, "score"), []refused{
		{"null", `null`, invalidValue("score", expected("value", "number", "null"))},
		{"a numeric string", `"14"`, invalidValue("score", expected("value", "number", "string"))},
		{"a boolean", `{"value": true}`, invalidValue("score", expected("value", "number", "boolean"))},
		{"a number beyond 64 bits", `1e999`, invalidValue("score", invalid("value", "Number must be finite"))},
		{"another key", `{"number": 1}`, invalidValue("score", required("value", "number"), unrecognized("'number'"))},
	})
}

func TestNumbersAreTheSameByValue(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeNumber, "score")
	testSame(t, d, `1500`, `1.5e3`, `1500.0`, `{"value": 1500.00001}`)
	testOrder(t, d, `-10`, `-9.5`, `0`, `2`, `10`, `1e30`)
}
