package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	ogorek "github.com/kisielk/og-rek"
)

// build makes the Go value that the documentation of og-rek maps to a value of the scenario language.
func build(text json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return valueOf(value)
}

func valueOf(value any) (any, error) {
	switch v := value.(type) {
	case nil:
		return ogorek.None{}, nil
	case bool, string:
		return v, nil
	case json.Number:
		return intOf(v.String())
	case map[string]any:
		return taggedOf(v)
	default:
		return nil, fmt.Errorf("found %v, wanted a value", v)
	}
}

func taggedOf(value map[string]any) (any, error) {
	for tag, content := range value {
		switch tag {
		case "int":
			return intOf(fmt.Sprint(content))
		case "float":
			bits, err := strconv.ParseUint(fmt.Sprint(content), 16, 64)
			return math.Float64frombits(bits), err
		case "str":
			return strOf(content)
		case "bytes":
			held, err := bytesOf(content)
			return ogorek.Bytes(held), err
		case "bytearray":
			return bytesOf(content)
		case "tuple":
			held, err := itemsOfJSON(content)
			return ogorek.Tuple(held), err
		case "list":
			return itemsOfJSON(content)
		case "dict":
			return dictOf(content)
		case "nest":
			return nestOf(value)
		case "singleton":
			return ogorek.Class{Module: "builtins", Name: fmt.Sprint(content)}, nil
		case "global":
			module, name, _ := strings.Cut(fmt.Sprint(content), ":")
			return ogorek.Class{Module: module, Name: name}, nil
		}
	}
	return nil, fmt.Errorf("found %v, wanted a value that og-rek has a type for", value)
}

func intOf(digits string) (any, error) {
	small, err := strconv.ParseInt(digits, 10, 64)
	if err == nil {
		return small, nil
	}
	large, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return nil, fmt.Errorf("found %s, wanted an int", digits)
	}
	return large, nil
}

// partsOf writes the parts of a str or of bytes one after the other; one turns a part into bytes.
func partsOf(content any, one func(part any) ([]byte, error)) ([]byte, error) {
	parts, isList := content.([]any)
	if !isList {
		parts = []any{content}
	}
	var whole []byte
	for _, part := range parts {
		count := 1
		if filled, ok := part.(map[string]any); ok {
			times, err := strconv.Atoi(fmt.Sprint(filled["fill"]))
			if err != nil {
				return nil, err
			}
			part, count = filled["of"], times
		}
		written, err := one(part)
		if err != nil {
			return nil, err
		}
		whole = append(whole, bytes.Repeat(written, count)...)
	}
	return whole, nil
}

func bytesOf(content any) ([]byte, error) {
	whole, err := partsOf(content, func(part any) ([]byte, error) {
		return hex.DecodeString(fmt.Sprint(part))
	})
	if whole == nil {
		whole = []byte{}
	}
	return whole, err
}

func strOf(content any) (any, error) {
	whole, err := partsOf(content, func(part any) ([]byte, error) {
		if number, ok := part.(json.Number); ok {
			point, err := number.Int64()
			return []byte(string(rune(point))), err
		}
		return []byte(fmt.Sprint(part)), nil
	})
	return string(whole), err
}

func itemsOfJSON(content any) ([]any, error) {
	items := []any{}
	given, ok := content.([]any)
	if !ok {
		return nil, fmt.Errorf("found %v, wanted a list", content)
	}
	for _, item := range given {
		fields, _ := item.(map[string]any)
		if ints, ok := fields["range"]; ok {
			first, end, err := rangeOf(ints)
			if err != nil {
				return nil, err
			}
			for next := first; next < end; next++ {
				items = append(items, next)
			}
			continue
		}
		times := int64(1)
		if repeat, ok := fields["repeat"].(json.Number); ok {
			count, err := repeat.Int64()
			if err != nil {
				return nil, err
			}
			times, item = count, fields["of"]
		}
		for ; times > 0; times-- {
			value, err := valueOf(item)
			if err != nil {
				return nil, err
			}
			items = append(items, value)
		}
	}
	return items, nil
}

func rangeOf(content any) (int64, int64, error) {
	var first, end int64
	_, err := fmt.Sscanf(fmt.Sprint(content), "[%d %d]", &first, &end)
	return first, end, err
}

func dictOf(content any) (any, error) {
	dict := ogorek.NewDict()
	entries, ok := content.([]any)
	if !ok {
		return nil, fmt.Errorf("found %v, wanted entries", content)
	}
	for _, entry := range entries {
		if fields, ok := entry.(map[string]any); ok {
			first, end, err := rangeOf(fields["range"])
			if err != nil {
				return nil, err
			}
			for next := first; next < end; next++ {
				value, err := valueOf(fields["value"])
				if err != nil {
					return nil, err
				}
				dict.Set(next, value)
			}
			continue
		}
		pair, ok := entry.([]any)
		if !ok || len(pair) != 2 {
			return nil, fmt.Errorf("found %v, wanted a key and a value", entry)
		}
		key, err := valueOf(pair[0])
		if err != nil {
			return nil, err
		}
		value, err := valueOf(pair[1])
		if err != nil {
			return nil, err
		}
		dict.Set(key, value)
	}
	return dict, nil
}

func nestOf(value map[string]any) (any, error) {
	depth, err := strconv.Atoi(fmt.Sprint(value["nest"]))
	if err != nil {
		return nil, err
	}
	inside, err := valueOf(value["of"])
	for ; err == nil && depth > 0; depth-- {
		switch value["in"] {
		case "list":
			inside = []any{inside}
		case "tuple":
			inside = ogorek.Tuple{inside}
		case "dict":
			inside = ogorek.NewDictWithData(int64(0), inside)
		default:
			err = fmt.Errorf("found a nest in %v, wanted one in a list, tuple or dict", value["in"])
		}
	}
	return inside, err
}
