// An adapter: requests on standard input, answers on standard output, one line of JSON each.
// What it speaks for is in codec.go, which is a toy: put your implementation there.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
)

type object = map[string]any

var hello = object{
	"protocol": 1,
	"name":     "my-adapter",
	"version":  "0.1.0",
	"wordSize": 64,
	"language": "Go",
	"runtime":  runtime.Version(),
	"homepage": "https://example.org",
	"issues":   "https://example.org/issues",
	// The profile it wants to equal, such as cpython-3.13.0-c; nil: it is held to the documentation.
	"engines":   []object{{"id": "only", "follows": nil}},
	"roles":     []string{"load", "dump"},
	"protocols": []int{0, 1, 2, 3, 4, 5},
	// What it has: values:sets, values:sharing, load:names, … Cases that need more are not asked.
	"capabilities": []string{},
	// What it can tell apart: leave out what your language has only one thing for.
	"distinguishes": []string{"bytes-str", "int-bool", "int-float", "tuple-list", "dict-order"},
}

type request struct {
	Id        json.Number
	Request   string
	Engines   []string
	Protocols []json.Number
	Pickles   []struct{ Pickle string }
	Values    []any
}

var output = bufio.NewWriter(os.Stdout)

func say(answer object) {
	line, err := json.Marshal(answer)
	if err != nil {
		panic(err)
	}
	output.Write(line)
	output.WriteByte('\n')
	output.Flush()
}

// What the implementation did, or how it refused. Any other error is the adapter's own.
func attempt(answer object, key string, work func() (any, error)) error {
	value, err := work()
	if refused, ok := err.(*Refused); ok {
		answer["refused"] = object{
			"class":   refused.Type,
			"mro":     []string{refused.Type, "PickleError", "Exception", "BaseException"},
			"message": refused.Message,
			"notes":   []string{},
			"cause":   nil,
		}
		return nil
	}
	answer[key] = value
	return err
}

// One line for each item, in order, before the next one starts.
func sayItem(id json.Number, index int, key string, results []object, err error) {
	answer := object{"id": id, "index": index, key: results}
	if err != nil {
		answer = object{"id": id, "index": index, "error": object{"message": err.Error()}}
	}
	say(answer)
}

func load(asked request) {
	for index, item := range asked.Pickles {
		results := []object{}
		var failed error
		for _, engine := range asked.Engines {
			result := object{"engine": engine}
			err := attempt(result, "graph", func() (any, error) {
				pickle, err := hex.DecodeString(item.Pickle)
				if err != nil {
					return nil, err
				}
				value, err := Decode(pickle)
				if err != nil {
					return nil, err
				}
				return described(value), nil
			})
			if err != nil {
				failed = err
			}
			results = append(results, result)
		}
		sayItem(asked.Id, index, "loads", results, failed)
	}
}

func dump(asked request) {
	for index, item := range asked.Values {
		results := []object{}
		var failed error
		for _, engine := range asked.Engines {
			for _, protocol := range asked.Protocols {
				result := object{"engine": engine, "protocol": protocol}
				err := attempt(result, "bytes", func() (any, error) {
					value, err := built(item)
					if err != nil {
						return nil, err
					}
					pickle, err := Encode(value)
					return hex.EncodeToString(pickle), err
				})
				if err != nil {
					failed = err
				}
				results = append(results, result)
			}
		}
		sayItem(asked.Id, index, "dumps", results, failed)
	}
}

func main() {
	// A line may be long: a Reader has no limit, a Scanner has one.
	input := bufio.NewReaderSize(os.Stdin, 1<<16)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := decodeJson(line, &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			continue
		}
		switch asked.Request {
		case "hello":
			say(object{"id": asked.Id, "hello": hello})
		case "load":
			load(asked)
		case "dump":
			dump(asked)
		case "stop":
			return
		default:
			message := fmt.Sprintf("there is no request %s here", asked.Request)
			say(object{"id": asked.Id, "error": object{"message": message}})
		}
	}
}
