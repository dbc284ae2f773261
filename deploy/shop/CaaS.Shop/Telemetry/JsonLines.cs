using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CaaS.Shop.Telemetry;

/// <summary>Writes each log entry as one flat JSON object on one line, with the trace it belongs to.</summary>
internal sealed class JsonLines(ShopOptions options, TimeProvider time) : ConsoleFormatter(FormatName)
{
    /// <summary>The formatter's name in the console logger's options.</summary>
    public const string FormatName = "shop-json";

    private const string TemplateKey = "{OriginalFormat}";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Timestamp", time.GetUtcNow());
            json.WriteString("LogLevel", logEntry.LogLevel.ToString());
            json.WriteString("Category", logEntry.Category);
            json.WriteString("Message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("Exception", exception.ToString());
            }

            if (Activity.Current is { } span)
            {
                json.WriteString("TraceId", span.TraceId.ToHexString());
                json.WriteString("SpanId", span.SpanId.ToHexString());
            }

            json.WriteString("Service", options.Role);
            json.WriteString("Version", options.Version);
            WriteFields(json, logEntry.State);
            json.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private static void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            return;
        }

        foreach (var (name, value) in fields)
        {
            if (name is not (TemplateKey or "Service"))
            {
                json.WriteString(name, value?.ToString());
            }
            else if (name == "Service")
            {
                json.WriteString("Callee", value?.ToString());
            }
        }
    }
}
