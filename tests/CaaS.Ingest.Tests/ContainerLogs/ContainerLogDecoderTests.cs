using System.Globalization;
using System.Text;
using CaaS.Ingest.ContainerLogs;
using CaaS.Ingest.Limits;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.ContainerLogs;

public class ContainerLogDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly LogOrigin Origin =
        new(new EntityRef(Scope.Default, "shop", EntityKinds.Deployment, "cart"), "cart-1", "cart");

    [Fact]
    public void Parts_are_joined_per_stream_and_stack_traces_stay_whole()
    {
        const string text = """
            2026-01-02T03:04:05.123456789Z stdout F plain
            2026-01-02T03:04:06.1Z stdout P first half,
            2026-01-02T03:04:06.2Z stderr F Unhandled exception. System.Exception: boom
            2026-01-02T03:04:06.2Z stdout F  second half
            2026-01-02T03:04:06.3Z stderr F    at Shop.Cart.Add() in Cart.cs:line 7
            2026-01-02T03:04:06.4Z stderr F --- End of inner exception stack trace ---
            2026-01-02T05:04:07+02:00 stdout F
            2026-01-02T03:04:08Z stderr F next

            """;

        Assert.Equal(
            """
            03:04:05.1234567 Unspecified plain
            03:04:06.1000000 Unspecified first half, second half
            03:04:06.2000000 Fatal Unhandled exception. System.Exception: boom⏎   at Shop.Cart.Add() in Cart.cs:line 7⏎--- End of inner exception stack trace --- stream=stderr
            03:04:07.0000000 Unspecified 
            03:04:08.0000000 Unspecified next stream=stderr
            """,
            Write(All(text)));
    }

    [Fact]
    public void A_python_traceback_ends_with_its_exception_and_an_object_with_its_bracket()
    {
        const string text = """
            2026-01-02T03:04:05Z stdout F Traceback (most recent call last):
            2026-01-02T03:04:05Z stdout F   File "a.py", line 3
            2026-01-02T03:04:05Z stdout F ValueError: no
            2026-01-02T03:04:06Z stdout F job retried {
            2026-01-02T03:04:06Z stdout F   id: 7
            2026-01-02T03:04:06Z stdout F }
            2026-01-02T03:04:07Z stdout F done

            """;

        Assert.Equal(
            ["Traceback (most recent call last):\n  File \"a.py\", line 3\nValueError: no", "job retried {\n  id: 7\n}", "done"],
            All(text).Select(record => record.Body));
    }

    [Fact]
    public void A_json_line_gives_its_fields()
    {
        const string json = """{"Timestamp":"2026-01-02T03:04:05Z","EventId":7,"LogLevel":"Error","Category":"Shop.Cart","Message":"No stock for \"42\"","Exception":"E: x\n   at y","TraceId":"0AF7651916CD43DD8448EB211C80319C","SpanId":"b7ad6b7169203331","State":{"a":[1,{"b":2}]},"Ok":true,"None":null}""";

        var record = Assert.Single(All($"2026-01-02T03:04:05Z stdout F {json}\n"));

        Assert.Equal("No stock for \"42\"\nE: x\n   at y", record.Body);
        Assert.Equal(Severity.Error, record.Severity);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (record.TraceId, record.SpanId));
        Assert.Equal([new Label("EventId", "7"), new Label("Category", "Shop.Cart"), new Label("Ok", "true")], record.Attributes);
    }

    [Theory]
    [InlineData("{\"a\":1} trailing", "{\"a\":1} trailing")]
    [InlineData("{\"msg\":\"x\",\"level\":\"warn\"}", "x")]
    [InlineData("{not json}", "{not json}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    public void Text_that_is_no_object_stays_as_it_is(string text, string expected) =>
        Assert.Equal(expected, LogBody.Parse(Encoding.UTF8.GetBytes(text), new IngestLimits()).Text);

    [Theory]
    [InlineData("warn: Shop[0] slow", Severity.Warning)]
    [InlineData("[12:00:00 ERROR] x", Severity.Error)]
    [InlineData("E0102 03:04:05.1 1 reflector.go:1] x", Severity.Error)]
    [InlineData("time=x level=fatal msg=y", Severity.Fatal)]
    [InlineData("Errors were found nowhere", Severity.Unspecified)]
    [InlineData("Everything is fine", Severity.Unspecified)]
    [InlineData("", Severity.Unspecified)]
    public void The_severity_of_plain_text_is_guessed_only_from_clear_signs(string text, Severity expected) =>
        Assert.Equal(expected, LogBody.Parse(Encoding.UTF8.GetBytes(text), new IngestLimits()).Severity);

    [Fact]
    public void Json_nested_too_deep_is_kept_as_text()
    {
        var text = "{\"a\":" + new string('[', 100) + new string(']', 100) + "}";

        Assert.Equal(text, LogBody.Parse(Encoding.UTF8.GetBytes(text), new IngestLimits()).Text);
    }

    [Fact]
    public void A_line_too_long_is_cut_at_a_character_and_says_so()
    {
        var limits = new IngestLimits { MaxLogLineBytes = 1024 };
        var part = new string('é', 400);
        var text = string.Concat(Enumerable.Repeat($"2026-01-02T03:04:05Z stdout P {part}\n", 3)) + "2026-01-02T03:04:05Z stdout F end\n";
        var output = new List<LogRecord>();

        ContainerLogDecoder.Decode(Encoding.UTF8.GetBytes(text), true, Origin, Now, limits, 10, output);

        Assert.Equal(new string('é', 512) + "…[cut]", Assert.Single(output).Body);
    }

    [Fact]
    public void A_line_that_never_ends_is_given_up_rather_than_waited_for()
    {
        var limits = new IngestLimits { MaxLogLineBytes = 1024 };
        var output = new List<LogRecord>();

        var (consumed, malformed) = ContainerLogDecoder.Decode(new byte[4096], false, Origin, Now, limits, 10, output);

        Assert.Equal((4096, 1), (consumed, malformed));
        Assert.Single(output);
    }

    [Fact]
    public void What_has_another_format_is_kept_as_it_is_and_counted()
    {
        var output = new List<LogRecord>();

        var (_, malformed) = ContainerLogDecoder.Decode("hello\n2026 stdout F x\n"u8, true, Origin, Now, new IngestLimits(), 10, output);

        Assert.Equal(2, malformed);
        Assert.Equal("03:04:05.0000000 Unspecified hello\n03:04:05.0000000 Unspecified 2026 stdout F x", Write(output));
    }

    [Property(MaxTest = 500)]
    public void Read_in_any_pieces_a_file_gives_the_same_records(byte[] lines, byte[] cuts, bool isOneStream)
    {
        // With two streams a limit of records may have to part a record; with one it never does.
        var maxRecords = isOneStream ? 2 : int.MaxValue;
        var text = new StringBuilder();
        for (var index = 0; index < lines.Length; index++)
        {
            var (stream, tag) = (isOneStream || (lines[index] & 1) == 0 ? "stdout" : "stderr", (lines[index] & 2) == 0 ? "F" : "P");
            text.Append(CultureInfo.InvariantCulture, $"2026-01-02T03:04:05.{index:D3}Z {stream} {tag} {((lines[index] & 12) == 0 ? "  " : "")}{lines[index]}\n");
        }

        // Every stream ends its last line, as a process that lives on would.
        text.Append("2026-01-02T03:04:06Z stdout F x\n2026-01-02T03:04:06Z stderr F x\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var whole = Write(All(text.ToString()));

        var pieces = new List<LogRecord>();
        var (start, end) = (0, 0);
        foreach (var cut in cuts.Append((byte)255))
        {
            end = cut == 255 ? bytes.Length : Math.Min(bytes.Length, end + cut);
            while (Step(bytes.AsSpan(start, end - start), maxRecords) is > 0 and var consumed)
            {
                start += consumed;
            }
        }

        ContainerLogDecoder.Decode(bytes.AsSpan(start), true, Origin, Now, new IngestLimits(), int.MaxValue, pieces);
        Assert.Equal(whole, Write(pieces));

        int Step(ReadOnlySpan<byte> piece, int max) =>
            ContainerLogDecoder.Decode(piece, false, Origin, Now, new IngestLimits(), max, pieces).ConsumedBytes;
    }

    [Fact]
    public void A_record_left_open_does_not_hold_back_the_other_stream_for_ever()
    {
        var text = "2026-01-02T03:04:05Z stderr P never ended\n"
            + string.Concat(Enumerable.Repeat("2026-01-02T03:04:05Z stdout F x\n", 10));
        var output = new List<LogRecord>();

        var (consumed, _) = ContainerLogDecoder.Decode(Encoding.UTF8.GetBytes(text), true, Origin, Now, new IngestLimits(), 5, output);

        Assert.NotEqual(0, consumed);
        Assert.InRange(output.Count, 5, 7);
    }

    [Property(MaxTest = 1000)]
    public void Any_bytes_end_without_a_throw_and_are_never_read_past(byte[] bytes, bool isIdle)
    {
        var (consumed, _) = ContainerLogDecoder.Decode(bytes, isIdle, Origin, Now, new IngestLimits(), 100, []);

        Assert.InRange(consumed, 0, bytes.Length);
        LogBody.Parse(bytes, new IngestLimits());
    }

    private static List<LogRecord> All(string text)
    {
        var output = new List<LogRecord>();
        ContainerLogDecoder.Decode(Encoding.UTF8.GetBytes(text), true, Origin, Now, new IngestLimits(), int.MaxValue, output);
        return output;
    }

    private static string Write(IEnumerable<LogRecord> records) => string.Join('\n', records.Select(record =>
        string.Create(CultureInfo.InvariantCulture, $"{record.Time:HH:mm:ss.fffffff} {record.Severity} {record.Body.Replace('\n', '⏎')}")
        + string.Concat(record.Attributes.Select(label => $" {label.Name}={label.Value}"))));
}
