using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Otlp;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Otlp;

/// <summary>Takes OpenTelemetry signals over HTTP in protobuf: 200 only once they are durable, 429 while the log
/// refuses them.</summary>
/// <remarks>Thread-safe. Specification: https://opentelemetry.io/docs/specs/otlp/#otlphttp.</remarks>
internal sealed class OtlpReceiver : IDisposable
{
    private const string ProtobufType = "application/x-protobuf";
    private const string Source = "otlp";

    private readonly OtlpOptions _options;
    private readonly IngestLimits _limits;
    private readonly Scope _scope;
    private readonly ClusterInventory _inventory;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly byte[] _token;

    public OtlpReceiver(
        IOptions<OtlpOptions> options,
        IOptions<IngestLimits> limits,
        Scope scope,
        ClusterInventory inventory,
        SignalWriter writer,
        IngestMetrics metrics,
        TimeProvider time)
    {
        _options = options.Value;
        _limits = limits.Value;
        _scope = scope;
        _inventory = inventory;
        _writer = writer;
        _metrics = metrics;
        _time = time;
        _places = new SemaphoreSlim(_options.MaxConcurrentRequests);
        _token = _options.TokenFile.Length == 0
            ? []
            : Encoding.UTF8.GetBytes("Bearer " + File.ReadAllText(_options.TokenFile).Trim());
    }

    public Task ReceiveTracesAsync(HttpContext http) => ReceiveAsync(
        http, OtlpTraces.Decode, rows => new SignalBatch { Scope = _scope, Source = Source, Spans = rows });

    public Task ReceiveLogsAsync(HttpContext http) => ReceiveAsync(
        http, OtlpLogs.Decode, rows => new SignalBatch { Scope = _scope, Source = Source, Logs = rows });

    public void Dispose() => _places.Dispose();

    private delegate OtlpDecoded<TRow> Decoder<TRow>(ReadOnlySpan<byte> body, OtlpSender sender, IngestLimits limits);

    private static Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private async Task ReceiveAsync<TRow>(
        HttpContext http, Decoder<TRow> decode, Func<ImmutableArray<TRow>, SignalBatch> batch)
    {
        if (_options.Disabled || !IsAllowed(http.Request))
        {
            await AnswerAsync(http, _options.Disabled ? StatusCodes.Status404NotFound : StatusCodes.Status401Unauthorized);
            return;
        }

        var type = http.Request.ContentType?.Split(';')[0].Trim();
        var encoding = http.Request.Headers.ContentEncoding.ToString();
        if (!ProtobufType.Equals(type, StringComparison.OrdinalIgnoreCase) || encoding is not ("" or "identity" or "gzip"))
        {
            await AnswerAsync(http, StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        if (!await _places.WaitAsync(0, http.RequestAborted))
        {
            _metrics.Refused(Source, "concurrency", 0);
            await RefuseAsync(http);
            return;
        }

        try
        {
            await TakeAsync(http, encoding == "gzip", decode, batch);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task TakeAsync<TRow>(
        HttpContext http,
        bool isGzip,
        Decoder<TRow> decode,
        Func<ImmutableArray<TRow>, SignalBatch> batch)
    {
        var (body, status) = await ReadAsync(http, isGzip);
        if (status != StatusCodes.Status200OK)
        {
            await AnswerAsync(http, status);
            return;
        }

        var address = http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : "";
        var decoded = decode(body.Span, new OtlpSender(_scope, address, _inventory.Current), _limits);
        if (!decoded.IsOk)
        {
            _metrics.Dropped(Source, decoded.Why, 1);
            await AnswerAsync(http, decoded.Why == "malformed"
                ? StatusCodes.Status400BadRequest
                : StatusCodes.Status413PayloadTooLarge);
            return;
        }

        _metrics.Dropped(Source, nameof(DropReason.Malformed), decoded.RejectedCount);
        var receipt = await _writer.AppendAsync(batch(decoded.Rows), http.RequestAborted);
        if (!receipt.IsOk)
        {
            await RefuseAsync(http);
            return;
        }

        http.Response.ContentType = ProtobufType;
        await http.Response.Body.WriteAsync(
            OtlpResponse.Write(decoded.RejectedCount, "rows without an id or a time"), http.RequestAborted);
    }

    private async Task<(ReadOnlyMemory<byte> Body, int Status)> ReadAsync(HttpContext http, bool isGzip)
    {
        var maxBytes = _limits.MaxCompressedBytes;
        if (http.Request.ContentLength > maxBytes)
        {
            return Fail("too-large", StatusCodes.Status413PayloadTooLarge);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes + 1L;
        }

        using var deadline = new CancellationTokenSource(_options.BodyTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
        try
        {
            using var raw = new MemoryStream();
            if (!await BoundedBody.TryReadAsync(http.Request.Body, maxBytes, raw, either.Token))
            {
                return Fail("too-large", StatusCodes.Status413PayloadTooLarge);
            }

            ReadOnlyMemory<byte> body = raw.GetBuffer().AsMemory(0, (int)raw.Length);
            if (!isGzip)
            {
                return (body, StatusCodes.Status200OK);
            }

            return BoundedGzip.TryDecompress(body, _limits, out var plain, out var why)
                ? (plain, StatusCodes.Status200OK)
                : Fail(why, why == "malformed" ? StatusCodes.Status400BadRequest : StatusCodes.Status413PayloadTooLarge);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Fail("timeout", StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException e)
        {
            return Fail("too-large", e.StatusCode);
        }
    }

    private (ReadOnlyMemory<byte> Body, int Status) Fail(string reason, int status)
    {
        _metrics.Dropped(Source, reason, 1);
        return (default, status);
    }

    private Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = _options.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return AnswerAsync(http, StatusCodes.Status429TooManyRequests);
    }

    private bool IsAllowed(HttpRequest request) => _token.Length == 0
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _token);
}
