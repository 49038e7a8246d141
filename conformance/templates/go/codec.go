package main

// REPLACE THIS: a toy for None, booleans, ints, strs and lists that refuses the rest.
// Encode gives the pickle of a value, Decode the value of a pickle; both return *Refused.

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"
)

// Refused: the implementation refuses; Type is the class that Python would raise.
type Refused struct{ Type, Message string }

func (refused *Refused) Error() string { return refused.Type + ": " + refused.Message }

func written(value any) ([]byte, error) {
	switch value := value.(type) {
	case nil:
		return []byte("N"), nil
	case bool:
		if value {
			return []byte("I01\n"), nil
		}
		return []byte("I00\n"), nil
	case *big.Int:
		return []byte("L" + value.String() + "L\n"), nil
	case string:
		pickle := binary.LittleEndian.AppendUint32([]byte("X"), uint32(len(value)))
		return append(pickle, value...), nil
	case []any:
		pickle := []byte("(")
		for _, item := range value {
			piece, err := written(item)
			if err != nil {
				return nil, err
			}
			pickle = append(pickle, piece...)
		}
		return append(pickle, 'l'), nil
	}
	return nil, &Refused{"PicklingError", fmt.Sprintf("cannot write a %T yet", value)}
}

// Encode gives the pickle of a value: nil, a bool, a *big.Int, a string or a []any of them.
func Encode(value any) ([]byte, error) {
	pickle, err := written(value)
	return append(pickle, '.'), err
}

type mark struct{}

// Decode gives the value of a pickle.
func Decode(pickle []byte) (any, error) {
	var stack []any
	early := &Refused{"EOFError", "the pickle ends too early"}
	take := func(count int) ([]byte, bool) {
		if count > len(pickle) {
			return nil, false
		}
		taken := pickle[:count]
		pickle = pickle[count:]
		return taken, true
	}
	takeLine := func() (string, bool) {
		end := bytes.IndexByte(pickle, '\n')
		if end == -1 {
			return "", false
		}
		line, _ := take(end + 1)
		return string(line[:end]), true
	}
	for {
		opcode, ok := take(1)
		if !ok {
			return nil, early
		}
		switch opcode[0] {
		case 0x80:
			if _, ok := take(1); !ok {
				return nil, early
			}
		case 'N':
			stack = append(stack, nil)
		case 'K':
			value, ok := take(1)
			if !ok {
				return nil, early
			}
			stack = append(stack, big.NewInt(int64(value[0])))
		case 'I', 'L':
			line, ok := takeLine()
			if !ok {
				return nil, early
			}
			if opcode[0] == 'I' && (line == "00" || line == "01") {
				stack = append(stack, line == "01")
				continue
			}
			value, ok := new(big.Int).SetString(strings.TrimSuffix(line, "L"), 10)
			if !ok {
				return nil, &Refused{"ValueError", "no int: " + line}
			}
			stack = append(stack, value)
		case 'X':
			length, ok := take(4)
			if !ok {
				return nil, early
			}
			text, ok := take(int(binary.LittleEndian.Uint32(length)))
			if !ok {
				return nil, early
			}
			if !utf8.Valid(text) {
				return nil, &Refused{"UnicodeDecodeError", "the str is not UTF-8"}
			}
			stack = append(stack, string(text))
		case '(':
			stack = append(stack, mark{})
		case 'l':
			from := len(stack) - 1
			for from >= 0 && stack[from] != any(mark{}) {
				from--
			}
			if from < 0 {
				return nil, &Refused{"UnpicklingError", "there is no mark"}
			}
			list := append([]any{}, stack[from+1:]...)
			stack = append(stack[:from], list)
		case '.':
			if len(stack) == 0 || stack[len(stack)-1] == any(mark{}) {
				return nil, &Refused{"UnpicklingError", "there is no value on the stack"}
			}
			return stack[len(stack)-1], nil
		default:
			return nil, &Refused{"UnpicklingError", fmt.Sprintf("no instruction %q here", opcode)}
		}
	}
}
