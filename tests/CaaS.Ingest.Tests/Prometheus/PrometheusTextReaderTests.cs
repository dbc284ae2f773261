using System.Globalization;
using System.Text;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Prometheus;

public class PrometheusTextReaderTests
{
    [Fact]
    public void Kinds_values_times_and_escapes_are_read_as_the_format_says()
    {
        const string body = """
            # HELP http_requests_total Requests, "quoted" \n here.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400",}    3

            # TYPE temperature gauge
            temperature_count{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} -1.5e-3
            # TYPE latency histogram
            latency_bucket{le="0.05"} 24054
            latency_bucket{le="+Inf"} 144320
            latency_sum 53423
            latency_count 144320
            # TYPE rpc summary
            rpc{quantile="0.5"} NaN
            rpc_sum +Inf
            untyped_total 1
            untyped -Inf
            {"utf8.name",a="}"} 7
            """;

        var expected = """
            http_requests_total code=200,method=post Counter 1027 @1395066363000
            http_requests_total code=400,method=post Counter 3
            temperature_count error=Cannot find file:⏎"FILE.TXT",path=C:\DIR\FILE.TXT Gauge -0.0015
            latency_bucket le=0.05 Bucket 24054
            latency_bucket le=+Inf Bucket 144320
            latency_sum  Counter 53423
            latency_count  Counter 144320
            rpc quantile=0.5 Gauge NaN
            rpc_sum  Counter Infinity
            untyped_total  Counter 1
            untyped  Gauge -Infinity
            utf8.name a=} Gauge 7
            malformed 0 first 0
            """;
        Assert.Equal(expected, Write(body, isOpenMetrics: false));
    }

    [Fact]
    public void Open_metrics_times_are_seconds_exemplars_are_left_out_and_nothing_follows_the_end()
    {
        const string body = """
            # TYPE foo counter
            foo_total{a="b"} 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67
            foo_created{a="b"} 1520872607.123
            foo_bucket{le="1"} 2 # {a="}"} 1 2
            # EOF
            after 1
            """;

        var expected = """
            foo_total a=b Counter 17 @1520879607789
            foo_created a=b Gauge 1520872607.123
            foo_bucket le=1 Counter 2
            malformed 0 first 0
            """;
        Assert.Equal(expected, Write(body, isOpenMetrics: true));
    }

    [Fact]
    public void Lines_that_break_the_format_are_counted_and_the_rest_is_kept()
    {
        const string body = "a 1\nb{x=\"1\" 2\nc one\nd\ne 1 2 3\n{} 4\nf 1 1.5\r\n 5\ng 6\r\n";

        Assert.Equal("a  Gauge 1\ng  Gauge 6\nmalformed 7 first 2", Write(body, isOpenMetrics: false));
    }

    [Theory]
    [InlineData("a{b=\"1\",b=\"2\"}", DropReason.Malformed)]
    [InlineData("1a", DropReason.Malformed)]
    [InlineData("a{1b=\"\"}", DropReason.Malformed)]
    [InlineData("a{b=c}", DropReason.Malformed)]
    [InlineData("a{b=\"c\"}x", DropReason.Malformed)]
    [InlineData("a{b=\"\u0001\",c=\"12345678901234567\"}", DropReason.LabelLimit)]
    [InlineData("a{b=\"1\",c=\"2\",d=\"3\"}", DropReason.LabelLimit)]
    public void Series_beyond_format_or_limit_are_refused(string raw, DropReason expected)
    {
        var limits = new IngestLimits { MaxLabelCount = 2, MaxLabelBytes = 16 };

        var isRead = PrometheusSeries.TryParse(Encoding.UTF8.GetBytes(raw), limits, out _, [], out var reason);

        Assert.False(isRead);
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => Assert.False(
        PrometheusSeries.TryParse([(byte)'a', (byte)'{', (byte)'b', (byte)'=', (byte)'"', 0xFF, (byte)'"', (byte)'}'], new IngestLimits(), out _, [], out _));

    [Property(MaxTest = 1000)]
    public void Any_bytes_end_without_a_throw(byte[] bytes, bool isOpenMetrics)
    {
        var labels = new List<Label>();
        var reader = new PrometheusTextReader(bytes, isOpenMetrics);
        while (reader.Read())
        {
            PrometheusSeries.TryParse(reader.Series, new IngestLimits(), out _, labels, out _);
        }
    }

    [Property(MaxTest = 1000)]
    public void Mutated_lines_end_without_a_throw(byte position, byte value, bool isOpenMetrics)
    {
        var bytes = "# TYPE a histogram\na_bucket{le=\"+Inf\",b=\"c\\\"d\"} 1.5 1395066363 # {x=\"y\"} 1\n{\"q\",z=\"1\"} 2\n"u8.ToArray();
        bytes[position % bytes.Length] = value;

        Any_bytes_end_without_a_throw(bytes, isOpenMetrics);
    }

    [Property]
    public void Any_label_value_comes_back(string? text)
    {
        var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        var labels = new List<Label>();
        var reader = new PrometheusTextReader(Encoding.UTF8.GetBytes($"m{{v=\"{escaped}\"}} 1"), isOpenMetrics: false);

        Assert.True(reader.Read());
        Assert.True(PrometheusSeries.TryParse(reader.Series, new IngestLimits { MaxLabelBytes = 65536 }, out _, labels, out _));
        Assert.Equal(value, labels.Count == 0 ? "" : labels[0].Value);
    }

    private static string Write(string body, bool isOpenMetrics)
    {
        var text = new StringBuilder();
        var labels = new List<Label>();
        var reader = new PrometheusTextReader(Encoding.UTF8.GetBytes(body), isOpenMetrics);
        while (reader.Read())
        {
            Assert.True(PrometheusSeries.TryParse(reader.Series, new IngestLimits(), out var metric, labels, out _));
            var written = string.Join(',', labels.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Name}={l.Value}"));
            text.Append(CultureInfo.InvariantCulture, $"{metric} {written.Replace('\n', '⏎')} {reader.Kind} {reader.Value}");
            text.Append(reader.TimestampMs is { } time ? $" @{time}\n" : "\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"malformed {reader.MalformedCount} first {reader.FirstMalformedLine}").ToString();
    }
}
