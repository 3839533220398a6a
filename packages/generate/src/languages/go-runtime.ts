/** What every generated Go client has. */
export const GO = `
import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
)

// Client calls the operations of one server.
type Client struct {
	Base    string
	Headers http.Header
	HTTP    *http.Client
}

// New makes a client; an empty base is the document's own.
func New(base string) *Client {
	if base == "" {
		base = DEFAULT_BASE
	}
	return &Client{Base: strings.TrimRight(base, "/"), Headers: http.Header{}, HTTP: http.DefaultClient}
}

// Problem is an answer that is no success.
type Problem struct {
	Status int
	Body   []byte
}

func (p *Problem) Error() string { return fmt.Sprintf("status %d: %s", p.Status, p.Body) }

type request struct {
	method, path   string
	query, headers url.Values
	body           any
	media          string
}

func segment(value any) string {
	text := fmt.Sprint(plain(value))
	if text == "." || text == ".." {
		text = strings.ReplaceAll(text, ".", "%2E")
		return text
	}
	return url.PathEscape(text)
}

func plain(value any) any {
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if !v.IsValid() || v.Kind() == reflect.Pointer {
		return nil
	}
	return v.Interface()
}

func add(to url.Values, name string, value any) {
	found := plain(value)
	if found == nil {
		return
	}
	if v := reflect.ValueOf(found); v.Kind() == reflect.Slice {
		for i := 0; i < v.Len(); i++ {
			to.Add(name, fmt.Sprint(plain(v.Index(i).Interface())))
		}
		return
	}
	to.Add(name, fmt.Sprint(found))
}

func (r request) encoded() (io.Reader, error) {
	found := plain(r.body)
	if found == nil {
		return nil, nil
	}
	if raw, ok := found.([]byte); ok {
		return bytes.NewReader(raw), nil
	}
	if strings.HasPrefix(r.media, "application/x-www-form-urlencoded") {
		text, err := json.Marshal(found)
		if err != nil {
			return nil, err
		}
		members, form := map[string]any{}, url.Values{}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&members); err != nil {
			return nil, err
		}
		for name, member := range members {
			add(form, name, member)
		}
		return strings.NewReader(form.Encode()), nil
	}
	if text, ok := found.(string); ok && !strings.Contains(r.media, "json") {
		return strings.NewReader(text), nil
	}
	text, err := json.Marshal(found)
	return bytes.NewReader(text), err
}

func (c *Client) send(ctx context.Context, r request, out any) error {
	target := c.Base + r.path
	if len(r.query) > 0 {
		target += "?" + r.query.Encode()
	}
	body, err := r.encoded()
	if err != nil {
		return err
	}
	sent, err := http.NewRequestWithContext(ctx, r.method, target, body)
	if err != nil {
		return err
	}
	for name, values := range c.Headers {
		sent.Header[name] = values
	}
	for name, values := range r.headers {
		for _, value := range values {
			sent.Header.Set(name, value)
		}
	}
	if body != nil {
		sent.Header.Set("Content-Type", r.media)
	}
	answer, err := c.HTTP.Do(sent)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 400 {
		return &Problem{Status: answer.StatusCode, Body: raw}
	}
	switch to := out.(type) {
	case nil:
		return nil
	case *string:
		if !strings.Contains(answer.Header.Get("Content-Type"), "json") {
			*to = string(raw)
			return nil
		}
	case *[]byte:
		*to = raw
		return nil
	}
	if len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, out)
}
`;
