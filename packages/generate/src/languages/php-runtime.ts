/** What every generated PHP client has. */
export const PHP = {
  problem: `
/** An answer that is no success. */
final class Problem extends \\RuntimeException
{
    public function __construct(public readonly int $status, public readonly mixed $data)
    {
        parent::__construct("status {$status}");
    }
}
`,
  client: `final class Client
{
    /** @param array<string, string> $headers */
    public function __construct(private string $base = DEFAULT_BASE, private array $headers = [], private float $timeout = 30.0)
    {
        $this->base = rtrim($base, '/');
    }

    private static function text(mixed $value): string
    {
        return is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
    }

    private static function segment(mixed $value): string
    {
        $text = self::text($value);
        if ($text === '' || $text === '.' || $text === '..') {
            throw new \\InvalidArgumentException("'{$text}' is no part of a path");
        }
        return rawurlencode($text);
    }

    /** @param array<string, mixed> $values */
    private static function form(array $values): string
    {
        $pairs = [];
        foreach ($values as $name => $value) {
            foreach (is_array($value) ? $value : [$value] as $item) {
                if ($item !== null) {
                    $pairs[] = rawurlencode((string) $name) . '=' . rawurlencode(self::text($item));
                }
            }
        }
        return implode('&', $pairs);
    }

    /**
     * @param array<string, mixed> $query
     * @param array<string, mixed> $headers
     */
    private function send(
        string $method,
        string $path,
        array $query,
        array $headers,
        string $result,
        mixed $body = null,
        string $media = 'application/json',
    ): mixed {
        $search = self::form($query);
        $lines = [];
        foreach ([...$this->headers, ...$headers] as $name => $value) {
            if ($value !== null) {
                $lines[] = $name . ': ' . str_replace(["\\r", "\\n"], '', self::text($value));
            }
        }
        $content = '';
        if ($body !== null) {
            $lines[] = 'Content-Type: ' . $media;
            $content = match (true) {
                str_starts_with($media, 'application/x-www-form-urlencoded') => self::form((array) $body),
                str_contains($media, 'json') => json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES),
                default => self::text($body),
            };
        }
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => $lines,
            'content' => $content,
            'ignore_errors' => true,
            'timeout' => $this->timeout,
        ]]);
        $raw = file_get_contents($this->base . $path . ($search === '' ? '' : '?' . $search), false, $context);
        if ($raw === false) {
            throw new \\RuntimeException("no answer to {$method} {$path}");
        }
        $status = 0;
        $type = '';
        foreach ($http_response_header as $line) {
            if (preg_match('~^HTTP/\\S+ (\\d+)~', $line, $found) === 1) {
                $status = (int) $found[1];
            } elseif (stripos($line, 'content-type:') === 0) {
                $type = $line;
            }
        }
        $json = str_contains($type, 'json');
        if ($status >= 400) {
            throw new Problem($status, $json ? json_decode($raw, true) : $raw);
        }
        return match (true) {
            $result === 'none', $raw === '' => $result === 'json' || $result === 'none' ? null : '',
            $result === 'json' && $json => json_decode($raw, true, 512, JSON_THROW_ON_ERROR),
            default => $raw,
        };
    }
`,
};
