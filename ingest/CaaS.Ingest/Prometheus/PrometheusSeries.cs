using System.Text;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Prometheus;

/// <summary>Reads the name and labels of one exposed series: <c>name{a="b"}</c>, or <c>{"name",a="b"}</c> of
/// Prometheus 3.</summary>
public static class PrometheusSeries
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads name and labels.</summary>
    /// <param name="raw">Bytes as delimited by <see cref="PrometheusTextReader"/>, or any others.</param>
    /// <param name="limits">Count and size of labels allowed.</param>
    /// <param name="metric">Metric name; empty when the answer is false.</param>
    /// <param name="labels">Filled with the labels whose value is not empty.</param>
    /// <param name="reason">Why the answer is false.</param>
    /// <returns>False when the bytes break the format or a limit.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> raw, IngestLimits limits, out string metric, List<Label> labels, out DropReason reason)
    {
        labels.Clear();
        reason = DropReason.Malformed;
        var start = raw.IndexOf((byte)'{');
        metric = TryText(start < 0 ? raw : raw[..start].TrimEnd(" \t"u8), limits, ref reason) ?? "";
        if (start < 0)
        {
            return IsName(metric);
        }

        if (metric.Length > 0 && !IsName(metric))
        {
            return false;
        }

        var rest = raw[(start + 1)..];
        while (true)
        {
            rest = rest.TrimStart(" \t,"u8);
            if (rest.IsEmpty)
            {
                return false;
            }

            if (rest[0] == (byte)'}')
            {
                return rest.Length == 1 && metric.Length > 0;
            }

            if (!TryTakeLabel(ref rest, limits, ref metric, labels, ref reason))
            {
                return false;
            }
        }
    }

    /// <summary>The raw name of a series written <c>{"name",…}</c>.</summary>
    internal static ReadOnlySpan<byte> QuotedName(ReadOnlySpan<byte> raw)
    {
        var rest = raw[1..].TrimStart(" \t"u8);
        if (rest.IsEmpty || rest[0] != (byte)'"')
        {
            return default;
        }

        var length = QuotedLength(rest);
        return length < 2 ? default : rest[1..(length - 1)];
    }

    private static bool TryTakeLabel(
        scoped ref ReadOnlySpan<byte> rest, IngestLimits limits, ref string metric, List<Label> labels, ref DropReason reason)
    {
        var isQuoted = rest[0] == (byte)'"';
        var nameLength = isQuoted ? QuotedLength(rest) : rest.IndexOfAny((byte)'=', (byte)' ', (byte)'\t');
        if (nameLength <= 0)
        {
            return false;
        }

        var name = isQuoted ? Unquote(rest[..nameLength], limits, ref reason) : TryText(rest[..nameLength], limits, ref reason);
        rest = rest[nameLength..].TrimStart(" \t"u8);
        if (string.IsNullOrEmpty(name) || rest.IsEmpty)
        {
            return false;
        }

        if (rest[0] != (byte)'=')
        {
            var isMetric = isQuoted && metric.Length == 0 && labels.Count == 0;
            metric = isMetric ? name : metric;
            return isMetric;
        }

        rest = rest[1..].TrimStart(" \t"u8);
        var valueLength = rest.IsEmpty || rest[0] != (byte)'"' ? -1 : QuotedLength(rest);
        if (valueLength < 0 || !(isQuoted || IsName(name)))
        {
            return false;
        }

        var value = Unquote(rest[..valueLength], limits, ref reason);
        rest = rest[valueLength..].TrimStart(" \t"u8);
        if (value is null || rest.IsEmpty || rest[0] is not ((byte)',' or (byte)'}'))
        {
            return false;
        }

        return value.Length == 0 || TryAdd(new Label(name, value), limits, labels, ref reason);
    }

    private static bool TryAdd(Label label, IngestLimits limits, List<Label> labels, ref DropReason reason)
    {
        foreach (var other in labels)
        {
            if (other.Name == label.Name)
            {
                return false;
            }
        }

        if (labels.Count >= limits.MaxLabelCount)
        {
            reason = DropReason.LabelLimit;
            return false;
        }

        labels.Add(label);
        return true;
    }

    /// <summary>Length of a quoted text including both quotes, or -1 when it does not end.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var index = 1; index < text.Length; index++)
        {
            if (text[index] == (byte)'\\')
            {
                index++;
            }
            else if (text[index] == (byte)'"')
            {
                return index + 1;
            }
        }

        return -1;
    }

    private static string? Unquote(ReadOnlySpan<byte> quoted, IngestLimits limits, ref DropReason reason)
    {
        var inner = quoted[1..^1];
        var text = TryText(inner, limits, ref reason);
        if (text is null || !text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\' || index + 1 == text.Length)
            {
                plain.Append(text[index]);
                continue;
            }

            index++;
            _ = text[index] switch
            {
                'n' => plain.Append('\n'),
                '"' => plain.Append('"'),
                '\\' => plain.Append('\\'),
                var other => plain.Append('\\').Append(other),
            };
        }

        return plain.ToString();
    }

    private static string? TryText(ReadOnlySpan<byte> utf8, IngestLimits limits, ref DropReason reason)
    {
        if (utf8.Length > limits.MaxLabelBytes)
        {
            reason = DropReason.LabelLimit;
            return null;
        }

        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsName(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            var letter = name[index];
            if (!char.IsAsciiLetter(letter) && letter is not ('_' or ':') && !(index > 0 && char.IsAsciiDigit(letter)))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
