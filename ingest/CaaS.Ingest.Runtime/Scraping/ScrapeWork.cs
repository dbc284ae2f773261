using System.Net;
using System.Net.Http.Headers;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Ingest.Runtime.Periodic;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Scraping;

/// <summary>Scrapes one target: fetch, decode, append, and say whether it is up.</summary>
internal sealed class ScrapeWork : IPeriodicWork
{
    private const string OpenMetricsType = "application/openmetrics-text";

    private readonly ScrapeContext _context;
    private readonly ScrapeTarget _target;
    private readonly ScrapeDecoder _decoder;
    private readonly SeriesKey _up;
    private readonly MetricColumnsBuilder _points = new();
    private readonly DateTimeOffset _startedAt;
    private bool _hasAnswered;
    private int _lastBytes = 16 * 1024;

    public ScrapeWork(ScrapeContext context, ScrapeTarget target, TimeSpan firstDelay)
    {
        _context = context;
        _target = target;
        FirstDelay = firstDelay;
        _decoder = new ScrapeDecoder(target.Mapper(), context.Guard, context.Settings.Limits);
        _up = new SeriesKey(target.Entity, "up", target.Labels, MetricKind.Gauge);
        _startedAt = context.Time.GetUtcNow();
    }

    public string Name => _context.Settings.Source;

    public TimeSpan Interval => _context.Settings.Interval;

    public TimeSpan FirstDelay { get; }

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var now = _context.Time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        var outcome = await FetchAsync(nowMs, cancellationToken);
        _context.Metrics.Scraped(Name, outcome);
        var isUp = outcome == "ok";
        if (isUp || _hasAnswered || now - _startedAt >= _context.Settings.StartupGrace)
        {
            _points.Add(_up, nowMs, isUp ? 1 : 0);
        }

        _hasAnswered |= isUp;
        await AppendAsync(cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var nowMs = _context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _decoder.Retire(nowMs, _points);
        if (_hasAnswered)
        {
            _points.Add(_up, nowMs, double.NaN);
        }

        await AppendAsync(cancellationToken);
    }

    private static HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd($"{OpenMetricsType};version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        return request;
    }

    private async Task<string> FetchAsync(long nowMs, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_context.Settings.Timeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = Request(_target.Address);
            using var response = await _context.Http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return "status";
            }

            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await DecodeAsync(response.Content.Headers, stream, nowMs, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "timeout";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return "unreachable";
        }
    }

    private async Task<string> DecodeAsync(
        HttpContentHeaders headers, Stream stream, long nowMs, CancellationToken cancellationToken)
    {
        var limits = _context.Settings.Limits;
        var isGzip = headers.ContentEncoding.Contains("gzip");
        var maxBytes = isGzip ? limits.MaxCompressedBytes : limits.MaxDecompressedBytes;
        using var raw = new MemoryStream(_lastBytes);
        if (!await BoundedBody.TryReadAsync(stream, maxBytes, raw, cancellationToken))
        {
            return "too-large";
        }

        _lastBytes = (int)raw.Length;
        ReadOnlyMemory<byte> body = raw.GetBuffer().AsMemory(0, _lastBytes);
        if (isGzip && !BoundedGzip.TryDecompress(body, limits, out body, out var why))
        {
            return why;
        }

        var isOpenMetrics = headers.ContentType?.MediaType == OpenMetricsType;
        var result = _decoder.Decode(body.Span, isOpenMetrics, nowMs, _points);
        _context.Metrics.Dropped(Name, result.Dropped);
        var isGarbage = result.SampleCount == 0 && result.Dropped[DropReason.Malformed] > 0;
        return isGarbage ? "malformed" : "ok";
    }

    private async Task AppendAsync(CancellationToken cancellationToken) => await _context.Writer.AppendAsync(
        new SignalBatch { Scope = _context.Scope, Source = Name, Metrics = _points.Drain() }, cancellationToken);
}
