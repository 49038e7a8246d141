// og-rek behind the adapter protocol: one engine decodes, one encodes, both in the modes that keep
// Python's types apart (StrictUnicode, PyDict).
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	ogorek "github.com/kisielk/og-rek"
)

const module = "github.com/kisielk/og-rek"

type request struct {
	ID        int
	Request   string
	World     string
	Engines   []string
	Protocols []int
	Pickles   []struct {
		Pickle  string
		Buffers []string
	}
	Values []json.RawMessage
}

type object map[string]any

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	write := func(answer object) {
		if err := encoder.Encode(answer); err != nil {
			panic(err)
		}
		if err := out.Flush(); err != nil {
			os.Exit(0)
		}
	}
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var asked request
			if problem := json.Unmarshal(line, &asked); problem != nil {
				write(object{"id": asked.ID, "error": object{"message": problem.Error()}})
			} else if asked.Request == "stop" {
				return
			} else {
				answer(asked, write)
			}
		}
		if err != nil {
			return
		}
	}
}

func answer(asked request, write func(object)) {
	switch asked.Request {
	case "hello":
		write(object{"id": asked.ID, "hello": hello()})
	case "load":
		for index, one := range asked.Pickles {
			write(item(asked.ID, index, "loads", func() (any, error) { return load(one.Pickle, asked.Engines) }))
		}
	case "dump":
		for index, one := range asked.Values {
			write(item(asked.ID, index, "dumps", func() (any, error) {
				return dump(one, asked.Engines, asked.Protocols)
			}))
		}
	default:
		write(object{"id": asked.ID, "error": object{"message": "no answer to " + asked.Request}})
	}
}

func item(id int, index int, name string, carryOut func() (any, error)) object {
	results, err := carryOut()
	if err != nil {
		return object{"id": id, "index": index, "error": object{"message": err.Error()}}
	}
	return object{"id": id, "index": index, name: results}
}

func hello() object {
	return object{
		"protocol": 1,
		"name":     "og-rek",
		"version":  version(),
		"wordSize": 64,
		"language": "Go",
		"runtime":  runtime.Version() + " on " + runtime.GOOS + " " + runtime.GOARCH,
		"homepage": "https://" + module,
		"issues":   "https://" + module + "/issues",
		"engines": []object{
			{"id": "decoder", "follows": nil, "roles": []string{"load"}},
			{"id": "encoder", "follows": nil, "roles": []string{"dump"}},
		},
		"roles":     []string{"load", "dump"},
		"protocols": []int{0, 1, 2, 3, 4, 5},
		// Instances with a state are not among what its documentation maps to Go, nor are sets, and
		// nothing is encoded twice as one object.
		"capabilities": []string{"load:names", "load:calls", "load:persistent", "values:globals"},
		"distinguishes": []string{
			"tuple-list", "bytes-str", "bytes-bytearray", "int-float", "int-bool", "set-frozenset",
			"set-list", "surrogates", "key-types", "call-new", "object-class",
		},
	}
}

// version is that of the module this program was built with, without the v.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, one := range info.Deps {
			if one.Path == module {
				return one.Version[1:]
			}
		}
	}
	return "unknown"
}

func refusal(err error) object {
	name := fmt.Sprintf("%T", err)
	return object{
		"class": name, "mro": []string{name}, "message": err.Error(), "notes": []string{}, "cause": nil,
	}
}

func load(text string, engines []string) (any, error) {
	pickle, err := hex.DecodeString(text)
	if err != nil {
		return nil, err
	}
	results := []object{}
	for _, engine := range engines {
		config := &ogorek.DecoderConfig{StrictUnicode: true, PyDict: true}
		loaded, err := ogorek.NewDecoderWithConfig(bytes.NewReader(pickle), config).Decode()
		if err != nil {
			results = append(results, object{"engine": engine, "refused": refusal(err)})
			continue
		}
		graph, err := describe(loaded)
		if err != nil {
			return nil, err
		}
		results = append(results, object{"engine": engine, "graph": graph})
	}
	return results, nil
}

func dump(text json.RawMessage, engines []string, protocols []int) (any, error) {
	results := []object{}
	for _, engine := range engines {
		for _, protocol := range protocols {
			value, err := build(text)
			if err != nil {
				return nil, err
			}
			result := object{"engine": engine, "protocol": protocol}
			var pickle bytes.Buffer
			config := &ogorek.EncoderConfig{Protocol: protocol, StrictUnicode: true}
			if err := ogorek.NewEncoderWithConfig(&pickle, config).Encode(value); err != nil {
				result["refused"] = refusal(err)
			} else {
				result["bytes"] = hex.EncodeToString(pickle.Bytes())
			}
			results = append(results, result)
		}
	}
	return results, nil
}
