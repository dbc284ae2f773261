using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.History;
using CaaS.Signals;
using Xunit;

namespace CaaS.Api.Tests;

/// <summary>Series that analytics derives, asked for by the names that evidence gives.</summary>
public sealed class DerivedSeriesTests : IAsyncLifetime
{
    private const int Scrapes = 60;

    private static readonly DateTimeOffset From = ApiHost.Now.AddMinutes(-5);

    private readonly CancellationToken _none = TestContext.Current.CancellationToken;
    private ApiHost _host = null!;
    private CaaSClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _client = _host.Client();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("http_client_request_duration_p95_seconds", 0.4875)]
    [InlineData("http_client_request_error_ratio", 0.4)]
    [InlineData("http_client_request_rate", 20)]
    public async Task What_a_histogram_is_made_into_has_points(string metric, double expected)
    {
        Measure();

        var series = Assert.Single(await _client.RangeAsync(Of(metric), null, Client.Wire.Aggregate.Average, _none));

        Assert.Equal((metric, "payment"), (series.Series.Metric, Assert.Single(series.Series.Labels).Value));
        Assert.True(series.Value.Count >= 15, $"{series.Value.Count} points");
        Assert.All(series.Value, value => Assert.Equal(expected, value!.Value, 3));
        Assert.True(series.TimestampMs[0] >= From.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Steps_join_the_derived_points()
    {
        Measure();

        var filter = Of("http_client_request_error_ratio");
        var series = Assert.Single(await _client.RangeAsync(filter, TimeSpan.FromMinutes(1), Client.Wire.Aggregate.Count, _none));

        var whole = Assert.Single(await _client.RangeAsync(filter, null, Client.Wire.Aggregate.Average, _none));
        Assert.Equal(whole.Value.Count, series.Value.Sum());
        Assert.All(series.TimestampMs, ms => Assert.Equal(0, (ms - From.ToUnixTimeMilliseconds()) % 60_000));
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("log_error_rate")]
    [InlineData("_rate")]
    [InlineData("unknown_duration_p95_seconds")]
    public async Task What_no_raw_series_makes_is_empty(string metric)
    {
        Measure();

        Assert.Empty(await _client.RangeAsync(Of(metric), null, Client.Wire.Aggregate.Average, _none));
    }

    [Fact]
    public async Task Another_peer_is_not_mixed_in()
    {
        Measure();

        var other = Of("http_client_request_rate") with { Labels = [new("peer", "stock")] };

        Assert.Empty(await _client.RangeAsync(other, null, Client.Wire.Aggregate.Average, _none));
    }

    private static SeriesFilter Of(string metric) => new()
    {
        From = From,
        To = ApiHost.Now,
        Entity = "shop/Deployment/cart",
        Metric = metric,
        Labels = [new("peer", "payment")],
    };

    /// <summary>Twenty requests a second, two in five failed, all of a quarter to half a second.</summary>
    private void Measure()
    {
        var first = From.AddMinutes(-1).ToUnixTimeMilliseconds();
        long[] at = [.. Enumerable.Range(0, Scrapes + 12).Select(scrape => first + (scrape * 5_000L))];
        SeriesRange Bucket(string bound, string status, double each) => new(
            new SeriesKey(
                FakeStages.Cart,
                "http_client_request_duration_seconds_bucket",
                [
                    new("http_response_status_code", status), new("le", bound), new("pod", "cart-1"),
                    new("server_address", "payment"),
                ],
                MetricKind.Bucket),
            at,
            [.. at.Select((_, scrape) => each * scrape)]);
        _host.Stages.Raw["http_client_request_duration_seconds_bucket"] =
        [
            Bucket("0.25", "200", 0), Bucket("0.5", "200", 60), Bucket("+Inf", "200", 60),
            Bucket("0.25", "500", 0), Bucket("0.5", "500", 40), Bucket("+Inf", "500", 40),
        ];
    }
}
