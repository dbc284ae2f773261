using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.ContainerLogs;

/// <summary>What a line of text says: its message, and the fields of a JSON object where it is one.</summary>
/// <param name="Text">The message.</param>
/// <param name="Severity">Severity said, or guessed from a leading word.</param>
/// <param name="TraceId">32 hex digits, or empty.</param>
/// <param name="SpanId">16 hex digits, or empty.</param>
/// <param name="Attributes">Further fields of plain values, in the order written.</param>
public sealed record LogBody(
    string Text, Severity Severity, string TraceId, string SpanId, ImmutableArray<Label> Attributes)
{
    private static readonly string[] Guessed =
        ["trace", "debug", "info", "notice", "warn", "warning", "error", "fatal", "critical", "panic"];

    private static readonly string[] ConsolePrefixes = ["trce:", "dbug:", "info:", "warn:", "fail:", "crit:"];

    /// <summary>Reads a message.</summary>
    /// <param name="utf8">Bytes, any; what is not UTF-8 is replaced.</param>
    /// <param name="limits">Limits of size, depth and fields.</param>
    /// <returns>What it says; text that is not a JSON object is its own message.</returns>
    public static LogBody Parse(ReadOnlySpan<byte> utf8, IngestLimits limits)
    {
        utf8 = utf8.TrimEnd("\r\n"u8);
        var json = utf8.Trim(" \t"u8);
        if (!json.IsEmpty && json[0] == (byte)'{' && json[^1] == (byte)'}' && json.Length <= limits.MaxLogLineBytes
            && TryObject(json, limits, out var body))
        {
            return body;
        }

        var text = TextLimits.Read(utf8, limits.MaxLogLineBytes);
        return new LogBody(text, Guess(text), "", "", []);
    }

    private static bool TryObject(ReadOnlySpan<byte> json, IngestLimits limits, out LogBody body)
    {
        var fields = new Fields(limits);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString() ?? "";
                reader.Read();
                fields.Add(name, ref reader);
            }

            // Reads past the end to refuse what follows the object.
            body = fields.Done(json);
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            body = null!; // The answer is false.
            return false;
        }
    }

    private static Severity Guess(string text)
    {
        if (text.Length > 5 && text[0] is 'I' or 'W' or 'E' or 'F' && text.AsSpan(1, 4).ContainsAnyExceptInRange('0', '9') == false)
        {
            return SeverityText.Parse(text[..1]);
        }

        var head = text.Length > 80 ? text[..80] : text;
        foreach (var prefix in ConsolePrefixes)
        {
            if (head.StartsWith(prefix, StringComparison.Ordinal))
            {
                return SeverityText.Parse(prefix[..4]);
            }
        }

        foreach (var token in head.Split([' ', '\t', '[', ']', '(', ')', ':', '|', ',', '='], 12, StringSplitOptions.RemoveEmptyEntries))
        {
            var isShouted = token.Length > 2 && token.All(char.IsAsciiLetterUpper);
            if ((isShouted || head.Contains("level=" + token, StringComparison.Ordinal))
                && Array.Exists(Guessed, word => word.Equals(token, StringComparison.OrdinalIgnoreCase)))
            {
                return SeverityText.Parse(token);
            }
        }

        return text.StartsWith("Unhandled exception", StringComparison.Ordinal) ? Severity.Fatal : Severity.Unspecified;
    }

    /// <summary>Fields met so far.</summary>
    private sealed class Fields(IngestLimits limits)
    {
        private readonly ImmutableArray<Label>.Builder _attributes = ImmutableArray.CreateBuilder<Label>();
        private string _text = "";
        private string _exception = "";
        private string _severity = "";
        private string _traceId = "";
        private string _spanId = "";
        private bool _hasText;

        public void Add(string name, ref Utf8JsonReader reader)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
                return;
            }

            switch (name.ToLowerInvariant())
            {
                case "message" or "msg" or "@m" or "body" or "log":
                    _text = Value(ref reader, limits.MaxLogLineBytes);
                    _hasText = true;
                    break;
                case "renderedmessage" or "@mt" when !_hasText:
                    _text = Value(ref reader, limits.MaxLogLineBytes);
                    break;
                case "loglevel" or "level" or "severity" or "severity_text" or "@l" or "lvl":
                    _severity = Value(ref reader, limits.MaxLabelBytes);
                    break;
                case "exception" or "@x" or "stack" or "stack_trace" or "stacktrace":
                    _exception = Value(ref reader, limits.MaxLogLineBytes);
                    break;
                case "traceid" or "trace_id" or "@tr":
                    _traceId = Hex(ref reader, 32);
                    break;
                case "spanid" or "span_id" or "@sp":
                    _spanId = Hex(ref reader, 16);
                    break;
                case "timestamp" or "time" or "ts" or "@timestamp" or "@t" or "parentid":
                    break;
                default:
                    AddAttribute(name, ref reader);
                    break;
            }
        }

        public LogBody Done(ReadOnlySpan<byte> json)
        {
            var text = _text.Length > 0 || _exception.Length > 0 ? _text : TextLimits.Read(json, limits.MaxLogLineBytes);
            text = _exception.Length == 0 ? text : text.Length == 0 ? _exception : text + "\n" + _exception;
            return new LogBody(
                TextLimits.Cut(text, limits.MaxLogLineBytes), SeverityText.Parse(_severity), _traceId, _spanId,
                _attributes.DrainToImmutable());
        }

        private static string Value(ref Utf8JsonReader reader, int maxBytes) => reader.TokenType switch
        {
            JsonTokenType.String => TextLimits.Cut(reader.GetString() ?? "", maxBytes),
            JsonTokenType.Number => TextLimits.Read(
                reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, maxBytes),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => "",
        };

        private static string Hex(ref Utf8JsonReader reader, int length)
        {
            var text = Value(ref reader, length).ToLower(CultureInfo.InvariantCulture);
            var isId = text.Length == length && text.All(char.IsAsciiHexDigitLower) && text.Any(digit => digit != '0');
            return isId ? text : "";
        }

        private void AddAttribute(string name, ref Utf8JsonReader reader)
        {
            var isWanted = _attributes.Count < limits.MaxLabelCount && name.Length > 0
                && Encoding.UTF8.GetByteCount(name) <= limits.MaxLabelBytes && reader.TokenType != JsonTokenType.Null;
            if (isWanted)
            {
                _attributes.Add(new Label(name, Value(ref reader, limits.MaxLabelBytes)));
            }
        }
    }
}
