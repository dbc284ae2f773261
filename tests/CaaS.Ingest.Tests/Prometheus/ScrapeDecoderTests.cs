using System.Globalization;
using System.Text;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Prometheus;

public class ScrapeDecoderTests
{
    private const long Now = 1_700_000_000_000;

    private static readonly EntityRef Cart = new(Scope.Default, "shop", EntityKinds.Deployment, "cart");

    private readonly MetricColumnsBuilder _output = new();
    private long _now = Now;

    [Fact]
    public void A_series_that_is_gone_ends_with_one_NaN()
    {
        var decoder = Decoder();

        Assert.Equal("a{pod=\"p\"} 1, b{pod=\"p\"} 2", Scrape(decoder, "a 1\nb 2\n"));
        Assert.Equal("a{pod=\"p\"} 3, b{pod=\"p\"} NaN", Scrape(decoder, "a 3\n"));
        Assert.Equal("a{pod=\"p\"} 4", Scrape(decoder, "a 4\n"));
        Assert.Equal("a{pod=\"p\"} 4, b{pod=\"p\"} 1", Scrape(decoder, "a 4\nb 1\n"));
    }

    [Fact]
    public void Series_that_differ_only_in_dropped_labels_are_summed_but_a_repeated_line_is_not()
    {
        var decoder = Decoder(dropLabels: ["v"]);

        var points = Scrape(decoder, "a_total{v=\"1\"} 1\na_total{v=\"2\"} 10\na_total{v=\"2\"} 10\n", out var result);

        Assert.Equal("a_total{pod=\"p\"} 11", points);
        Assert.Equal(1, result.Dropped[DropReason.Duplicate]);
    }

    [Fact]
    public void A_targets_own_label_wins_and_the_exposed_one_is_kept_aside() => Assert.Equal(
        "a{exported_pod=\"x\",pod=\"p\"} 1", Scrape(Decoder(), "a{pod=\"x\"} 1\n"));

    [Fact]
    public void A_sample_with_the_time_of_the_last_one_is_nothing_new()
    {
        var decoder = Decoder();
        Scrape(decoder, $"a 1 {Now}\n");

        var points = Scrape(decoder, $"a 1 {Now}\n", out var result);

        Assert.Equal("", points);
        Assert.Equal(1, result.Dropped[DropReason.Unchanged]);
    }

    [Fact]
    public void Times_far_from_now_and_values_that_are_no_number_are_dropped_and_the_series_lives()
    {
        var decoder = Decoder();
        Scrape(decoder, "a 1\nb 2\n");

        var points = Scrape(decoder, "a NaN\nb 2 1\n", out var result);

        Assert.Equal("b{pod=\"p\"} NaN", points);
        Assert.Equal(1, result.Dropped[DropReason.NotANumber]);
        Assert.Equal(1, result.Dropped[DropReason.TimeOutOfRange]);
    }

    [Fact]
    public void More_series_than_a_target_or_all_may_have_are_counted_and_come_in_when_there_is_room()
    {
        var guard = new CardinalityGuard(3);
        var first = Decoder(guard, new IngestLimits { MaxSeriesPerTarget = 2 });
        var second = Decoder(guard, new IngestLimits());

        Scrape(first, "a 1\nb 1\nc 1\n", out var ofFirst);
        Scrape(second, "a 1\nb 1\n", out var ofSecond);
        var afterRoom = Scrape(first, "c 1\n");

        Assert.Equal(1, ofFirst.Dropped[DropReason.TargetLimit]);
        Assert.Equal(1, ofSecond.Dropped[DropReason.TotalLimit]);
        Assert.Contains("a{pod=\"p\"} NaN", afterRoom, StringComparison.Ordinal);
        Assert.Equal("c{pod=\"p\"} 1", Scrape(first, "c 1\n"));
        Assert.Equal(2, guard.LiveCount);
        first.Retire(Now, _output);
        second.Retire(Now, _output);
        Assert.Equal(0, guard.LiveCount);
    }

    [Fact]
    public void Metrics_on_the_drop_list_are_counted_and_make_no_series()
    {
        var decoder = Decoder(drop: ["go_*"]);

        Scrape(decoder, "go_threads 1\na 1\n", out var result);

        Assert.Equal(1, result.Dropped[DropReason.Filtered]);
        Assert.Equal(1, decoder.SeriesCount);
    }

    [Fact]
    public void A_known_series_makes_no_strings()
    {
        var decoder = Decoder();
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"a{{x=\"{i}\"}} 1\n")));
        decoder.Decode(body, false, Now, _output);
        decoder.Decode(body, false, Now + 1, _output);
        _output.Drain();
        decoder.Decode(body, false, Now + 2, _output);
        _output.Drain();

        var before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Decode(body, false, Now + 3, _output);
        var perSample = (GC.GetAllocatedBytesForCurrentThread() - before) / 500;

        Assert.InRange(perSample, 0, 150); // The batch's own columns; a label set alone would be 300.
    }

    private static ScrapeDecoder Decoder(
        CardinalityGuard? guard = null, IngestLimits? limits = null, string[]? drop = null, string[]? dropLabels = null) =>
        new(
            new ApplicationMapper(Cart, [new Label("pod", "p")], new MetricFilter([], drop ?? [], dropLabels ?? [])),
            guard ?? new CardinalityGuard(1000),
            limits ?? new IngestLimits());

    private string Scrape(ScrapeDecoder decoder, string body) => Scrape(decoder, body, out _);

    private string Scrape(ScrapeDecoder decoder, string body, out ScrapeResult result)
    {
        result = decoder.Decode(Encoding.UTF8.GetBytes(body), isOpenMetrics: false, _now++, _output);
        var columns = _output.Drain();
        return string.Join(", ", Enumerable.Range(0, columns.Count).Select(columns.At).Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{point.Series.Text[(point.Series.Text.LastIndexOf('|') + 1)..]} {point.Value}")));
    }
}
