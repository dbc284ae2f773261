using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaaS.Ingest.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace CaaS.Ingest.Runtime.Receiving;

/// <summary>The way into a receiver that speaks HTTP: who may send, what, how much and how long.</summary>
/// <remarks>Thread-safe. Refuses with 401, 404, 408, 413, 415 or 429; what it refuses is counted.</remarks>
internal sealed class HttpDoor : IDisposable
{
    private const string Malformed = "malformed";

    private readonly string _source;
    private readonly string[] _types;
    private readonly string _expected;
    private readonly HttpReceiverOptions _options;
    private readonly IngestLimits _limits;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly byte[] _token;

    /// <summary>Makes a door.</summary>
    /// <param name="source">Name of the source, for counting.</param>
    /// <param name="types">Content types taken.</param>
    /// <param name="expected">What a body is to hold, for who sends another.</param>
    /// <param name="options">Settings.</param>
    /// <param name="limits">Limits of bodies.</param>
    /// <param name="metrics">Counts what is refused.</param>
    /// <param name="time">Clock of the time-outs.</param>
    public HttpDoor(
        string source,
        string[] types,
        string expected,
        HttpReceiverOptions options,
        IngestLimits limits,
        IngestMetrics metrics,
        TimeProvider time)
    {
        _source = source;
        _types = types;
        _expected = expected;
        _options = options;
        _limits = limits;
        _metrics = metrics;
        _time = time;
        _places = new SemaphoreSlim(options.MaxConcurrentRequests);
        _token = options.TokenFile.Length == 0
            ? []
            : Encoding.UTF8.GetBytes("Bearer " + File.ReadAllText(options.TokenFile).Trim());
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Lets a request in, reads its body and hands it over.</summary>
    /// <param name="http">The request.</param>
    /// <param name="takeAsync">Takes the body, decompressed, and answers.</param>
    public async Task EnterAsync(HttpContext http, Func<ReadOnlyMemory<byte>, Task> takeAsync)
    {
        if (_options.Disabled || !IsAllowed(http.Request))
        {
            Answer(http, _options.Disabled ? StatusCodes.Status404NotFound : StatusCodes.Status401Unauthorized);
            return;
        }

        var type = http.Request.ContentType?.Split(';')[0].Trim();
        var encoding = http.Request.Headers.ContentEncoding.ToString();
        if (!_types.Contains(type, StringComparer.OrdinalIgnoreCase) || encoding is not ("" or "identity" or "gzip"))
        {
            Answer(http, StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        if (!await _places.WaitAsync(0, http.RequestAborted))
        {
            _metrics.Refused(_source, "concurrency", 0);
            Refuse(http);
            return;
        }

        try
        {
            var (body, status) = await ReadAsync(http, encoding == "gzip");
            if (status == StatusCodes.Status200OK)
            {
                await takeAsync(body);
            }
            else
            {
                Answer(http, status);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Tells the sender to send the same again later.</summary>
    public void Refuse(HttpContext http)
    {
        http.Response.Headers.RetryAfter = _options.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        Answer(http, StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Tells the sender that a body cannot be read, and counts it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="why"><c>malformed</c>, or which limit it breaks.</param>
    public Task RejectAsync(HttpContext http, string why)
    {
        Answer(http, Fail(why, StatusOf(why)).Status);
        var problem = new ProblemDetails
        {
            Status = http.Response.StatusCode,
            Title = ReasonPhrases.GetReasonPhrase(http.Response.StatusCode),
            Detail = why == Malformed
                ? $"The body does not hold {_expected}; nothing of it was taken."
                : $"The body breaks a limit of Ingest:Limits ({why}); nothing of it was taken, send less at once.",
        };
        return http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", http.RequestAborted);
    }

    private static void Answer(HttpContext http, int status) => http.Response.StatusCode = status;

    private static int StatusOf(string why) => why == Malformed
        ? StatusCodes.Status400BadRequest
        : StatusCodes.Status413PayloadTooLarge;

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
                : Fail(why, StatusOf(why));
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
        _metrics.Dropped(_source, reason, 1);
        return (default, status);
    }

    private bool IsAllowed(HttpRequest request)
    {
        var sent = Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString());
        return _token.Length == 0 || CryptographicOperations.FixedTimeEquals(sent, _token);
    }
}
