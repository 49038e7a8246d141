package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/big"
	"unicode/utf8"
	"unsafe"

	ogorek "github.com/kisielk/og-rek"
)

const safest = 1<<53 - 1

// Objects past which a graph is not described: og-rek has no references, and a small pickle may
// stand for more things than there is room for.
const most = 1 << 20

// A value that cannot change is found again by where its items are, so that what was one in the
// pickle is described once; a dict by its address. Two slices with one array behind them are one.
type identity struct {
	items  unsafe.Pointer
	length int
	kind   string
}

type describer struct {
	found   []any
	numbers map[any]int
}

// describe tells a decoded value in the words of the protocol.
func describe(root any) (object, error) {
	d := &describer{numbers: map[any]int{}}
	value := d.leaf(root)
	objects := []any{}
	for next := 0; next < len(d.found); next++ {
		if next > most {
			return nil, errors.New("the value is too large to be described")
		}
		objects = append(objects, d.object(d.found[next]))
	}
	return object{"value": value, "objects": objects}, nil
}

func (d *describer) at(value any, key any) object {
	if key != nil {
		if number, ok := d.numbers[key]; ok {
			return object{"at": number}
		}
		d.numbers[key] = len(d.found)
	}
	d.found = append(d.found, value)
	return object{"at": len(d.found) - 1}
}

func identityOf(kind string, items []any) any {
	if len(items) == 0 {
		return nil
	}
	return identity{unsafe.Pointer(unsafe.SliceData(items)), len(items), kind}
}

func (d *describer) leaf(value any) any {
	switch v := value.(type) {
	case ogorek.None:
		return nil
	case bool:
		return v
	case int64:
		return intLeaf(big.NewInt(v))
	case *big.Int:
		return intLeaf(v)
	case float64:
		return object{"float": fmt.Sprintf("%016x", math.Float64bits(v))}
	case string:
		return strLeaf(v)
	case ogorek.ByteString:
		// The str of Python 2, which Python 3 reads as a str.
		return strLeaf(string(v))
	case ogorek.Bytes:
		return object{"bytes": hex.EncodeToString([]byte(v))}
	case ogorek.Class:
		if isContainer(v) {
			return object{"global": "builtins:" + v.Name}
		}
		return object{"global": v.Module + ":" + v.Name}
	case ogorek.Tuple:
		return d.at(v, identityOf("tuple", v))
	case []any:
		return d.at(v, identityOf("list", v))
	case ogorek.Dict:
		return d.at(v, v)
	default:
		return d.at(v, nil)
	}
}

func (d *describer) leaves(items []any) []any {
	leaves := []any{}
	for _, one := range items {
		leaves = append(leaves, d.leaf(one))
	}
	return leaves
}

func (d *describer) object(value any) object {
	switch v := value.(type) {
	case ogorek.Tuple:
		return object{"tuple": d.leaves(v)}
	case []any:
		return object{"list": d.leaves(v)}
	case []byte:
		return object{"bytearray": hex.EncodeToString(v)}
	case ogorek.Dict:
		pairs := []any{}
		v.Iter()(func(key, held any) bool {
			pairs = append(pairs, []any{d.leaf(key), d.leaf(held)})
			return true
		})
		return object{"dict": pairs}
	case ogorek.Ref:
		return object{"persistent": d.leaf(v.Pid)}
	case ogorek.Call:
		return d.call(v)
	default:
		return object{"opaque": fmt.Sprintf("%T", v), "repr": fmt.Sprintf("%#v", v)}
	}
}

// Five names are real in the world of symbols, by the name they had in Python 2 as well.
func isContainer(class ogorek.Class) bool {
	if class.Module != "builtins" && class.Module != "__builtin__" {
		return false
	}
	switch class.Name {
	case "list", "tuple", "set", "frozenset", "dict":
		return true
	}
	return false
}

// A call of one of them makes what it does in Python; every other is told as it came.
func (d *describer) call(call ogorek.Call) object {
	if isContainer(call.Callable) {
		if len(call.Args) == 0 {
			return object{call.Callable.Name: []any{}}
		}
		items, ok := itemsOf(call.Args[0])
		if ok && len(call.Args) == 1 && call.Callable.Name != "dict" {
			return object{call.Callable.Name: d.leaves(items)}
		}
	}
	return object{"reduced": d.leaf(call.Callable), "by": "call", "arguments": d.leaves(call.Args)}
}

func itemsOf(value any) ([]any, bool) {
	switch v := value.(type) {
	case []any:
		return v, true
	case ogorek.Tuple:
		return v, true
	default:
		return nil, false
	}
}

func intLeaf(value *big.Int) any {
	if value.IsInt64() && value.Int64() <= safest && value.Int64() >= -safest {
		return value.Int64()
	}
	return object{"int": value.String()}
}

// strLeaf tells a string by its code points where it has any that UTF-8 must not have: lone
// surrogates, which Python writes in three bytes, and bytes that are none of a character.
func strLeaf(text string) any {
	if utf8.ValidString(text) {
		return text
	}
	points := []any{}
	for at := 0; at < len(text); {
		point, size := utf8.DecodeRuneInString(text[at:])
		isSurrogate := point == utf8.RuneError && at+2 < len(text) && text[at] == 0xed &&
			text[at+1] >= 0xa0 && text[at+1] <= 0xbf && text[at+2] >= 0x80 && text[at+2] <= 0xbf
		switch {
		case isSurrogate:
			points = append(points, 0xd000|int(text[at+1]&0x3f)<<6|int(text[at+2]&0x3f))
			size = 3
		case point == utf8.RuneError && size == 1:
			points = append(points, object{"byte": text[at]})
		default:
			points = append(points, int(point))
		}
		at += size
	}
	return object{"str": points}
}
