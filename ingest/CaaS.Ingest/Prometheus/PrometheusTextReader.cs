using System.Globalization;
using CaaS.Signals;

namespace CaaS.Ingest.Prometheus;

/// <summary>Reads samples of the Prometheus text format 0.0.4 or OpenMetrics 1.0, one after the other.</summary>
/// <remarks>
/// Hot path: allocates nothing. A line that breaks the format is counted and skipped. Labels are only delimited here;
/// <see cref="PrometheusSeries"/> reads them when a series is new. Formats:
/// https://prometheus.io/docs/instrumenting/exposition_formats/ and
/// https://prometheus.io/docs/specs/om/open_metrics_spec/.
/// </remarks>
public ref struct PrometheusTextReader
{
    private readonly bool _isOpenMetrics;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _family;
    private FamilyType _type;

    /// <summary>Starts reading.</summary>
    /// <param name="body">Whole body, UTF-8.</param>
    /// <param name="isOpenMetrics">True for OpenMetrics, whose timestamps are seconds and whose last line is <c>#
    /// EOF</c>.</param>
    public PrometheusTextReader(ReadOnlySpan<byte> body, bool isOpenMetrics)
    {
        _rest = body;
        _isOpenMetrics = isOpenMetrics;
    }

    private enum FamilyType
    {
        Untyped,
        Gauge,
        Counter,
        Histogram,
        GaugeHistogram,
        Summary,
    }

    /// <summary>Raw bytes of the current sample's name and labels.</summary>
    public ReadOnlySpan<byte> Series { get; private set; }

    /// <summary>Value of the current sample.</summary>
    public double Value { get; private set; }

    /// <summary>The sample's own time, Unix milliseconds, or null when it has none.</summary>
    public long? TimestampMs { get; private set; }

    /// <summary>How the current sample is to be read.</summary>
    public MetricKind Kind { get; private set; }

    /// <summary>Number of the line last read, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Lines skipped because they break the format.</summary>
    public int MalformedCount { get; private set; }

    /// <summary>Number of the first such line, or 0.</summary>
    public int FirstMalformedLine { get; private set; }

    /// <summary>True when OpenMetrics' last line was seen.</summary>
    public bool SawEnd { get; private set; }

    /// <summary>Goes to the next sample.</summary>
    /// <returns>False at the end of the body.</returns>
    public bool Read()
    {
        while (!SawEnd && !_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            LineNumber++;
            line = Trim(line);
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] == (byte)'#')
            {
                ReadComment(line[1..]);
            }
            else if (TryReadSample(line))
            {
                return true;
            }
            else
            {
                MalformedCount++;
                FirstMalformedLine = FirstMalformedLine == 0 ? LineNumber : FirstMalformedLine;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r"u8);

    private static ReadOnlySpan<byte> TakeWord(scoped ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t"u8);
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..];
        return word;
    }

    /// <summary>Length of the label block including its braces, or -1 when it does not end.</summary>
    private static int BlockLength(ReadOnlySpan<byte> text)
    {
        var isQuoted = false;
        for (var index = 1; index < text.Length; index++)
        {
            switch (text[index])
            {
                case (byte)'\\' when isQuoted:
                    index++;
                    break;
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)'}' when !isQuoted:
                    return index + 1;
                default:
                    break;
            }
        }

        return -1;
    }

    private static bool TryParseValue(ReadOnlySpan<byte> word, out double value)
    {
        var isNegative = !word.IsEmpty && word[0] == (byte)'-';
        var bare = !word.IsEmpty && word[0] is (byte)'-' or (byte)'+' ? word[1..] : word;
        if (bare.Length >= 3 && !char.IsAsciiDigit((char)bare[0]) && bare[0] != (byte)'.')
        {
            value = IsWord(bare, "inf"u8) || IsWord(bare, "infinity"u8)
                ? isNegative ? double.NegativeInfinity : double.PositiveInfinity
                : double.NaN;
            return !double.IsNaN(value) || IsWord(bare, "nan"u8);
        }

        const NumberStyles styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(word, styles, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        if (text.Length != lowerCase.Length)
        {
            return false;
        }

        for (var index = 0; index < text.Length; index++)
        {
            if ((text[index] | 0x20) != lowerCase[index])
            {
                return false;
            }
        }

        return true;
    }

    private void ReadComment(ReadOnlySpan<byte> text)
    {
        var keyword = TakeWord(ref text);
        if (_isOpenMetrics && keyword.SequenceEqual("EOF"u8))
        {
            SawEnd = true;
        }

        if (!keyword.SequenceEqual("TYPE"u8))
        {
            return;
        }

        _family = TakeWord(ref text).Trim("\""u8);
        var type = TakeWord(ref text);
        _type = type switch
        {
            _ when type.SequenceEqual("counter"u8) => FamilyType.Counter,
            _ when type.SequenceEqual("gauge"u8) || type.SequenceEqual("info"u8) || type.SequenceEqual("stateset"u8)
                => FamilyType.Gauge,
            _ when type.SequenceEqual("histogram"u8) => FamilyType.Histogram,
            _ when type.SequenceEqual("gaugehistogram"u8) => FamilyType.GaugeHistogram,
            _ when type.SequenceEqual("summary"u8) => FamilyType.Summary,
            _ => FamilyType.Untyped,
        };
    }

    private bool TryReadSample(ReadOnlySpan<byte> line)
    {
        var nameLength = line.IndexOfAny((byte)'{', (byte)' ', (byte)'\t');
        if (nameLength < 0)
        {
            return false;
        }

        var name = line[..nameLength];
        var gap = line[nameLength..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        var length = nameLength;
        if (gap >= 0 && line[nameLength + gap] == (byte)'{')
        {
            var block = BlockLength(line[(nameLength + gap)..]);
            if (block < 0)
            {
                return false;
            }

            length = nameLength + gap + block;
        }

        if (length == 0)
        {
            return false;
        }

        if (name.IsEmpty)
        {
            name = PrometheusSeries.QuotedName(line[..length]);
        }

        var rest = line[length..];
        if (name.IsEmpty || !TryParseValue(TakeWord(ref rest), out var value) || !TryReadTimestamp(rest))
        {
            return false;
        }

        Series = line[..length];
        Value = value;
        Kind = KindOf(name);
        return true;
    }

    /// <summary>Reads what follows the value: nothing, a timestamp, an exemplar, or both.</summary>
    private bool TryReadTimestamp(ReadOnlySpan<byte> rest)
    {
        TimestampMs = null;
        var word = TakeWord(ref rest);
        if (word.IsEmpty || (_isOpenMetrics && word[0] == (byte)'#'))
        {
            return true;
        }

        if (_isOpenMetrics)
        {
            var isTime = TryParseValue(word, out var seconds) && double.Abs(seconds) < 1e12;
            TimestampMs = isTime ? (long)Math.Round(seconds * 1000) : null;
            return isTime && (rest.IsEmpty || TakeWord(ref rest)[0] == (byte)'#');
        }

        var isInteger = long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms);
        TimestampMs = isInteger ? ms : null;
        return isInteger && rest.IsEmpty;
    }

    private readonly MetricKind KindOf(ReadOnlySpan<byte> name)
    {
        var suffix = name.StartsWith(_family) ? name[_family.Length..] : name;
        var isOfFamily = !_family.IsEmpty && suffix.Length < name.Length;
        var isTotal = suffix.EndsWith("_sum"u8) || suffix.EndsWith("_count"u8) || suffix.EndsWith("_total"u8);
        var isBucket = suffix.EndsWith("_bucket"u8);
        return (isOfFamily ? _type : FamilyType.Untyped) switch
        {
            FamilyType.Gauge or FamilyType.GaugeHistogram => MetricKind.Gauge,
            FamilyType.Counter => suffix.SequenceEqual("_created"u8) ? MetricKind.Gauge : MetricKind.Counter,
            FamilyType.Histogram => isBucket ? MetricKind.Bucket : isTotal ? MetricKind.Counter : MetricKind.Gauge,
            FamilyType.Summary => isTotal ? MetricKind.Counter : MetricKind.Gauge,
            _ => isBucket ? MetricKind.Bucket : isTotal ? MetricKind.Counter : MetricKind.Gauge,
        };
    }
}
