package main

// Between the JSON of the protocol and what codec.go works with: nil, bool, *big.Int, string, []any.
// Floats, bytes, tuples, dicts and sets are yours to add.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
)

// Numbers stay text: an int may be beyond a float64.
func decodeJson(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	return decoder.Decode(into)
}

func integer(text string) (any, error) {
	value, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, fmt.Errorf("no int: %s", text)
	}
	return value, nil
}

// The value that a request describes.
func built(description any) (any, error) {
	switch description := description.(type) {
	case json.Number:
		return integer(description.String())
	case map[string]any:
		if text, ok := description["int"].(string); ok {
			return integer(text)
		}
		items, ok := description["list"].([]any)
		if !ok {
			return nil, &Refused{"PicklingError", fmt.Sprintf("cannot write %v yet", description)}
		}
		list := []any{}
		for _, item := range items {
			value, err := built(item)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	}
	return description, nil
}

var safe = big.NewInt(1<<53 - 1)

// The graph of a value: objects in a table, breadth first, and what stands at the top.
// A list that stands in two places is two here: this toy does not say "identity".
func described(value any) object {
	waiting := [][]any{}
	leaf := func(one any) any {
		switch one := one.(type) {
		case *big.Int:
			if one.CmpAbs(safe) > 0 {
				return object{"int": one.String()}
			}
			return one.Int64()
		case []any:
			waiting = append(waiting, one)
			return object{"at": len(waiting) - 1}
		}
		return one
	}
	top := leaf(value)
	objects := []object{}
	for at := 0; at < len(waiting); at++ {
		leaves := []any{}
		for _, item := range waiting[at] {
			leaves = append(leaves, leaf(item))
		}
		objects = append(objects, object{"list": leaves})
	}
	return object{"value": top, "objects": objects}
}
