using System.Globalization;
using System.Net;
using System.Text;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Ingest.Runtime.Scraping;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class ScrapeWorkTests : IAsyncLifetime
{
    private static readonly EntityRef Cart = new(Scope.Default, "shop", EntityKinds.Deployment, "cart");

    private readonly IngestBench _bench = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
    private readonly Answers _answers = new();
    private SignalWriter _writer = null!;
    private HttpClient _http = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _writer = _bench.Writer();
        _http = new HttpClient(_answers);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _writer.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_failed_scrape_is_a_fact_and_keeps_the_series_alive()
    {
        var work = Work();
        await ScrapeAsync(work, "a 1\n");
        await ScrapeAsync(work, null);
        await ScrapeAsync(work, "a 2\n");
        await work.EndAsync(Stop);

        Assert.Equal(["a 1 up 1", "up 0", "a 2 up 1", "a NaN up NaN"], await PointsAsync());
    }

    [Fact]
    public async Task A_target_that_never_answered_is_called_down_only_after_a_while()
    {
        var work = Work();
        await ScrapeAsync(work, null);
        _time.Advance(TimeSpan.FromSeconds(30));
        await ScrapeAsync(work, null);

        Assert.Equal(["up 0"], await PointsAsync());
    }

    [Fact]
    public async Task Bodies_too_large_bombs_and_other_formats_count_as_down()
    {
        var work = Work(new IngestLimits { MaxDecompressedBytes = 4096 });
        await ScrapeAsync(work, "a 1\n");
        await ScrapeAsync(work, new string('#', 5000));
        await ScrapeAsync(work, "<html>\n<body>\n");

        Assert.Equal(["a 1 up 1", "up 0", "a NaN up 0"], await PointsAsync());
    }

    private ScrapeWork Work(IngestLimits? limits = null)
    {
        limits ??= new IngestLimits();
        var settings = new ScrapeSettings(
            "prometheus", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), 10, limits);
        var context = new ScrapeContext(
            settings, Scope.Default, _http, new CardinalityGuard(100), _writer, _bench.Metrics, _time, NullLogger.Instance);
        var filter = new MetricFilter([], [], []);
        return new ScrapeWork(
            context,
            new ScrapeTarget("k", new Uri("http://pod/metrics"), Cart, [], () => new ApplicationMapper(Cart, [], filter)),
            TimeSpan.Zero);
    }

    private async Task ScrapeAsync(ScrapeWork work, string? body)
    {
        _answers.Body = body;
        await work.StepAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(10));
    }

    private async Task<string[]> PointsAsync() =>
    [
        .. (await _bench.BatchesAsync(Stop)).Select(batch => string.Join(' ', Enumerable.Range(0, batch.Metrics.Count)
            .Select(batch.Metrics.At)
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Series.Metric} {point.Value}")))),
    ];

    /// <summary>Answers each request with the body given, or not at all.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        public string? Body { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Body is null
                ? throw new HttpRequestException("Connection refused.")
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Body, Encoding.UTF8, "text/plain") });
    }
}
